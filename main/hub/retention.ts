import type { Hub } from './hub';
import { retentionDaysOf } from './state/config';
import type { Step } from './step';
import { utcDay } from './store/archive';
import type { Store } from './store/store';

const dayMs = 24 * 60 * 60_000;
/** Of the archive: a UTC day. */
const startOfDay = (at: number) => Math.floor(at / dayMs) * dayMs;

/**
 * Ended conversations, their attachments and traces, and what was noted in the audit log go when they are older than the
 * office keeps them, and customers with the last that is kept of them: whole UTC days, when the day changes. Recorded
 * first and then done to the files, like an erasure. A customer who comes back after that is a new one.
 */
export class Retention {
  /** Set once the attachments are open; before that the start itself looks for files that nothing names. */
  removeOrphans: () => Promise<number> = async () => 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly hub: Hub,
    private readonly store: Pick<Store, 'expire'>,
  ) {}

  /** When the day of the last record ends. */
  get nextAt(): number {
    return startOfDay(this.hub.state.at) + dayMs;
  }

  /** Before anything else of a step on a new day. */
  keep(step: Step): void {
    const { state } = this.hub;
    if (state.at === 0 || step.at < this.nextAt) return;
    const before = startOfDay(step.at) - retentionDaysOf(state.config) * dayMs;
    step.add({ type: 'history.expired', before });
    // When this step is recorded; what goes wrong is in the log.
    void this.finish().catch(() => undefined);
  }

  /** Takes what has expired in the state out of the files. */
  finish(): Promise<void> {
    const done = this.turn.then(() => this.pass());
    this.turn = done.catch((error: Error) => this.hub.log.error('retention.failed', { message: error.message }));
    return done;
  }

  private async pass() {
    const { hub, store } = this;
    const before = hub.state.expiring;
    if (before === null || hub.closedBecause) return;
    const conversations = await store.expire(before);
    const attachments = await this.removeOrphans();
    if (hub.closedBecause) throw new Error('The hub was stopped meanwhile.');
    hub.step((step) => {
      step.add({ type: 'history.expiryFinished', before });
      if (conversations === 0) return;
      const subject = utcDay(before);
      const changes = [{ field: 'conversations', before: conversations, after: 0 }];
      step.note({ by: { kind: 'hub' }, action: 'history.expire', subject, changes });
    });
    hub.log.info('history.expired', { before, conversations, attachments });
  }
}
