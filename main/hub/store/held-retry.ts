import type { Clock } from '../ports';
import type { Held } from './store';

/** Backoff for writing what is held: doubles from the first up to the maximum. */
const retryFirstMs = 30_000;
const retryMaxMs = 60 * 60_000;

/** What can't be written although the disk works, and when it is tried again. */
export class HeldRetry {
  held: readonly Held[] = [];
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly retry: () => void,
    private readonly tell: (held: readonly Held[]) => void,
  ) {}

  set(held: readonly Held[]): void {
    const isFirst = this.held.length === 0;
    this.held = held;
    this.tell(held);
    if (held.length === 0) this.cancel();
    else if (isFirst) this.retryIn(retryFirstMs);
  }

  /** A load begins with nothing held. */
  forget(): void {
    this.cancel();
    this.held = [];
  }

  private retryIn(ms: number): void {
    this.cancel = this.clock.at(this.clock.now() + ms, () => {
      this.retry();
      this.retryIn(Math.min(2 * ms, retryMaxMs));
    });
  }
}
