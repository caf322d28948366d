import type { CloseName } from '../../../shared/protocol/close-codes';
import type { HubLimits } from '../limits';
import type { Log } from '../ports';
import { refused } from '../session/outcome';
import type { Session } from '../session/session';
import { kindOf } from '../system/error-kind';

/** Limits how many file reads a session may have running at once, and turns an error into a refusal. */
export class AtOnce {
  private readonly running = new Map<Session, number>();

  constructor(
    private readonly loop: { limits: Pick<HubLimits, 'searchesPerLineMax'>; log: Log; closedBecause: CloseName | null },
  ) {}

  async run<Answer>(session: Session, work: () => Promise<Answer>): Promise<Answer | ReturnType<typeof refused>> {
    const running = this.running.get(session) ?? 0;
    if (running >= this.loop.limits.searchesPerLineMax) {
      const message = 'you are searching several times at once; wait for one of the answers';
      return refused({ code: 'tooManySearches', message });
    }
    this.running.set(session, running + 1);
    try {
      return await work();
    } catch (error) {
      // A closed hub can't read any more, and has already logged the reason.
      if (this.loop.closedBecause === null) this.loop.log.error('search.failed', { ...kindOf(error) });
      const message = 'what was said earlier can’t be read now; the log of the hub says why';
      return refused({ code: 'searchFailed', message });
    } finally {
      const left = (this.running.get(session) ?? 1) - 1;
      if (left > 0) this.running.set(session, left);
      else this.running.delete(session);
    }
  }
}
