import type { Clock } from '../ports';
import type { Held } from './store';

/** Backoff for writing what is held: doubles from the first up to the maximum. */
const retryFirstMs = 30_000;
const retryMaxMs = 60 * 60_000;

/** Who could not write: the hub's thread a new segment, the writer all else. */
type Holder = 'journal' | 'writer';

/** What can't be written although the disk works, and when it is tried again. */
export class HeldRetry {
  private held: readonly Held[] = [];
  private readonly by: Record<Holder, readonly Held[]> = { journal: [], writer: [] };
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly retry: () => void,
    private readonly tell: (held: readonly Held[]) => void,
  ) {}

  set(whose: Holder, what: readonly Held[]): void {
    this.by[whose] = what;
    const { journal, writer } = this.by;
    const held = [...new Set([...journal, ...writer])].sort();
    if (held.join() === this.held.join()) return;
    const isFirst = this.held.length === 0;
    this.held = held;
    this.tell(held);
    if (held.length === 0) this.cancel();
    else if (isFirst) this.retryIn(retryFirstMs);
  }

  /** For a new listener. */
  tellAgain(): void {
    if (this.held.length > 0) this.tell(this.held);
  }

  /** A load begins with nothing held. */
  forget(): void {
    this.cancel();
    Object.assign(this.by, { journal: [], writer: [] });
    this.held = [];
  }

  private retryIn(ms: number): void {
    this.cancel = this.clock.at(this.clock.now() + ms, () => {
      this.retry();
      this.retryIn(Math.min(2 * ms, retryMaxMs));
    });
  }
}
