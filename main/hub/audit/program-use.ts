import type { ApiToken } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import { never, type Timed } from '../state/timed';

const hourMs = 60 * 60_000;

/** What a request came to. */
export type Use = 'reads' | 'writes' | 'refused';

/**
 * What programs do by the API: each call would fill the audit log, so it tells of each token once an hour, in sums. In
 * memory until then, so a crash loses an hour of them.
 */
export class ProgramUse implements Timed {
  private readonly byToken = new Map<string, Record<Use, number>>();
  private hour = 0;

  constructor(private readonly loop: { state: HubState; now(): number; step(work: (step: Step) => void): void }) {}

  get nextAt(): number {
    return this.byToken.size === 0 ? never : (this.hour + 1) * hourMs;
  }

  begin(step: Step): void {
    if (step.at >= this.nextAt) this.noteAll(step);
  }

  /** Counts a request. The first one of an hour is recorded as the token's last use. */
  add({ tokenId, usedAt }: ApiToken, use: Use): void {
    const { loop, byToken } = this;
    const hour = Math.floor(loop.now() / hourMs);
    if (usedAt === null || usedAt < hour * hourMs)
      loop.step((step) => step.add({ type: 'apiToken.used', tokenId, at: step.at - (step.at % hourMs) }));
    if (byToken.size === 0) this.hour = hour;
    const sums = byToken.get(tokenId) ?? { reads: 0, writes: 0, refused: 0 };
    sums[use] += 1;
    byToken.set(tokenId, sums);
  }

  /** Those of one token, which ends. */
  note(step: Step, { tokenId, name }: Pick<ApiToken, 'tokenId' | 'name'>): void {
    const sums = this.byToken.get(tokenId);
    this.byToken.delete(tokenId);
    if (!sums) return;
    const changes = Object.entries(sums)
      .filter(([, count]) => count > 0)
      .map(([field, count]) => ({ field, before: null, after: count }));
    step.note({ by: { kind: 'program', tokenId, name }, action: 'apiToken.use', subject: name, changes });
  }

  /** When the hub stops. */
  tellAll(): void {
    if (this.byToken.size > 0) this.loop.step((step) => this.noteAll(step));
  }

  private noteAll(step: Step) {
    for (const tokenId of [...this.byToken.keys()]) {
      const token = this.loop.state.config.apiTokens.get(tokenId);
      if (token) this.note(step, token);
      else this.byToken.delete(tokenId);
    }
  }
}
