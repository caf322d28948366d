import type { Loop } from '../loop/loop';
import { retentionDaysOf } from '../state/config';
import type { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import type { AttachmentFiles } from '../store/attachment-files';
import type { Store } from '../store/store';
import { dayMs, startOfDay, utcDay } from '../system/days';
import { kindOf } from '../system/error-kind';
import { endUnusedDevices } from './unused-devices';

/** After longer than this without a record the hub has rested, or its date is wrong: only a person can tell. */
const silenceMsMax = 30 * dayMs;

/**
 * Ended conversations, their attachments and traces, and what was noted in the audit log go when they are older than the
 * office keeps them, and customers with the last that is kept of them: whole UTC days, when the day changes. Recorded
 * first and then done to the files, like an erasure. Devices that have not been used for long are removed at the same
 * time. A customer who comes back after that is a new one. When the date has jumped, nothing is removed until a
 * supervisor has confirmed it.
 */
export class Retention implements Timed {
  /** Null until the attachments are open: the start of the first hub looks itself for files that nothing names. */
  files: Pick<AttachmentFiles, 'removeOrphans'> | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'sessions' | 'outbox' | 'log' | 'step' | 'closedBecause'>,
    private readonly store: Pick<Store, 'endedBefore' | 'expire'>,
  ) {}

  /** When the day of the last record ends. */
  get nextAt(): number {
    const { at, dateJump } = this.loop.state;
    return dateJump ? never : startOfDay(at) + dayMs;
  }

  /** Before anything else of a step on a new day. */
  begin(step: Step): void {
    const { state } = this.loop;
    if (state.at === 0 || step.at < this.nextAt) return;
    if (step.at - state.at > silenceMsMax) {
      this.jumped(step, state.at);
      return;
    }
    endUnusedDevices(step, (deviceId) => this.isConnected(deviceId));
    const before = startOfDay(step.at) - retentionDaysOf(state.config) * dayMs;
    step.add({ type: 'history.expired', before });
    // When this step is recorded; what goes wrong is in the log.
    void this.finish().catch(() => undefined);
  }

  /** Takes what has expired in the state out of the files. */
  finish(): Promise<void> {
    const done = this.turn.then(() => this.pass());
    this.turn = done.catch((error) => this.loop.log.error('retention.failed', { ...kindOf(error) }));
    return done;
  }

  private isConnected(deviceId: string): boolean {
    const agentId = this.loop.state.config.devices.get(deviceId)?.agentId ?? '';
    return this.loop.sessions.agent(agentId)?.deviceId === deviceId;
  }

  private jumped(step: Step, from: number) {
    step.add({ type: 'date.jumped', from, to: step.at });
    const changes = [{ field: 'date', before: utcDay(from), after: utcDay(step.at) }];
    step.note({ by: { kind: 'hub' }, action: 'date.jump', subject: null, changes });
    this.loop.log.warn('date.jumped', { from, to: step.at });
  }

  private async pass() {
    const { loop, store } = this;
    const before = loop.state.expiring;
    if (before === null || loop.closedBecause) return;
    const conversations = await store.endedBefore(before);
    if (loop.closedBecause) return;
    await this.note(utcDay(before), conversations);
    if (loop.closedBecause) return;
    await store.expire(before);
    // What a hub has not named that has ended meanwhile, the next one may.
    const needs = (attachmentId: string) => loop.closedBecause !== null || loop.state.uploads.needs(attachmentId);
    const attachments = (await this.files?.removeOrphans(needs)) ?? 0;
    if (loop.closedBecause) throw new Error('The hub was stopped meanwhile.');
    loop.step((step) => step.add({ type: 'history.expiryFinished', before }));
    loop.log.info('history.expired', { before, conversations, attachments });
  }

  /** On disk before the first file goes; what is begun again after a crash is noted already. */
  private async note(subject: string, conversations: number) {
    const { loop } = this;
    const action = 'history.expire';
    if (conversations === 0 || loop.state.audit.expiredBefore === subject) return;
    const changes = [{ field: 'conversations', before: conversations, after: 0 }];
    loop.step((step) => step.note({ by: { kind: 'hub' }, action, subject, changes }));
    await loop.outbox.durable(loop.state.seq);
  }
}
