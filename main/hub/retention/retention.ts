import type { Loop } from '../loop/loop';
import { retentionDaysOf } from '../state/config';
import type { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import type { AttachmentFiles } from '../store/attachment-files';
import type { Store } from '../store/store';
import { dayMs, startOfDay, utcDay } from '../system/days';
import { kindOf } from '../system/error-kind';
import { endUnusedDevices } from './unused-devices';

/** After longer than this without a record the hub was off, or the date is wrong: only a person can tell which. */
const silenceMsMax = 30 * dayMs;

/**
 * Removes ended conversations with their attachments and traces, and audit log entries, once they are older than the
 * office's retention, and customers with the last that is kept of them; one who returns later is a new customer. Runs
 * when the UTC day changes, in whole UTC days. Recorded first and then applied to the files, like an erasure. Devices
 * that were not used for long are removed at the same time. After a jump of the date nothing is removed until a
 * supervisor has confirmed it.
 */
export class Retention implements Timed {
  /** Null until the attachments are open. */
  files: Pick<AttachmentFiles, 'removeOrphans'> | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'sessions' | 'outbox' | 'log' | 'step' | 'closedBecause'>,
    private readonly store: Pick<Store, 'endedBefore' | 'expire' | 'archiveDays'>,
  ) {}

  /** The end of the UTC day of the last record. */
  get nextAt(): number {
    const { at, dateJump } = this.loop.state;
    return dateJump ? never : startOfDay(at) + dayMs;
  }

  /** Runs before anything else in the first step of a new day. */
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
    // Goes on after this step is recorded; `finish` logs its own errors.
    void this.finish().catch(() => undefined);
  }

  /** Removes from the files what has expired in the state. */
  finish(): Promise<void> {
    const done = this.turn.then(() => this.pass());
    this.turn = done.catch((error) => this.loop.log.error('retention.failed', { ...kindOf(error) }));
    return done;
  }

  /**
   * Removes the uploads that nothing names, as a crash leaves them. Reads all of the past, so it is done beside the
   * running hub, and ends with it. Logs its own errors.
   */
  removeOrphans(): Promise<void> {
    const { loop } = this;
    this.turn = this.turn
      .then(() => this.orphans())
      .catch((error) => {
        if (!loop.closedBecause) loop.log.error('attachments.orphansNotRemoved', { ...kindOf(error) });
      });
    return this.turn;
  }

  private async orphans() {
    const { loop, store } = this;
    // What has to expire still names files; once it is finished, it removes them.
    if (loop.closedBecause || loop.state.expiring !== null) return;
    // Once the days are listed, whatever the journal replayed is in the archive and on its pages.
    await store.archiveDays();
    const removed = (await this.files?.removeOrphans((attachmentId) => this.mayNeed(attachmentId))) ?? 0;
    if (removed > 0) loop.log.info('attachments.orphansRemoved', { removed });
  }

  /** If this hub is over, the next one may still refer to any of them. */
  private mayNeed(attachmentId: string): boolean {
    return this.loop.closedBecause !== null || this.loop.state.uploads.needs(attachmentId);
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
    const attachments = (await this.files?.removeOrphans((attachmentId) => this.mayNeed(attachmentId))) ?? 0;
    if (loop.closedBecause) throw new Error('The hub was stopped meanwhile.');
    loop.step((step) => step.add({ type: 'history.expiryFinished', before }));
    loop.log.info('history.expired', { before, conversations, attachments });
  }

  /** Durable before the first file is removed; an expiry resumed after a crash is noted already. */
  private async note(subject: string, conversations: number) {
    const { loop } = this;
    const action = 'history.expire';
    if (conversations === 0 || loop.state.audit.expiredBefore === subject) return;
    const changes = [{ field: 'conversations', before: conversations, after: 0 }];
    loop.step((step) => step.note({ by: { kind: 'hub' }, action, subject, changes }));
    await loop.outbox.durable(loop.state.seq);
  }
}
