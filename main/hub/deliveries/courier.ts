import type { Clock } from '../ports';

/** One thing to deliver; what has the same `about` goes in order, one after the other. */
export interface Parcel {
  number: number;
  about: string;
}

export interface CourierPorts<P extends Parcel> {
  clock: Clock;
  /** 0 ≤ x < 1 */
  random(): number;
  /** What may be delivered now, the oldest first. */
  waiting(): Iterable<P>;
  /**
   * Tries once. When it resolves, what is `delivered` or `givenUp` waits no more; `failed`: it is tried again later.
   * Never rejects.
   */
  deliver(parcel: P): Promise<Outcome>;
  /** Runs work in the background; its errors are caught there. */
  start(work: Promise<void>): void;
}

type Outcome = 'delivered' | 'givenUp' | 'failed';

/** How many are under way at once; while the last attempt failed, one. */
const atOnceMax = 4;
const backoffMinMs = 5_000;
const backoffMaxMs = 60 * 60_000;

/** Half of it to all of it, doubled with every failure, an hour at most. */
function retryDelayMs(failures: number, random: number): number {
  const ceilingMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** (failures - 1));
  return Math.round(ceilingMs * (0.5 + random / 2));
}

/**
 * Delivers to one receiver. What fails is tried again, and holds up only what has the same `about`; while nothing gets
 * through, one attempt at a time is made, less and less often. What waits is not kept here, but in the hub's state.
 */
export class Courier<P extends Parcel> {
  private readonly underWay = new Set<string>();
  /** By `about`, of what failed last. */
  private readonly failed = new Map<string, { failures: number; nextAt: number }>();
  /** Of the receiver, in a row. */
  private failures = 0;
  private notBefore = 0;
  private cancelTimer: (() => void) | null = null;
  private isStopped = false;

  constructor(private readonly ports: CourierPorts<P>) {}

  /** Begins whatever can be delivered now. To be called when something more waits. */
  look(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    if (this.isStopped) return;
    const { clock } = this.ports;
    let next = this.notBefore > clock.now() ? this.notBefore : this.next();
    for (; next !== null && typeof next !== 'number'; next = this.next()) this.begin(next);
    if (next !== null) this.cancelTimer = clock.at(next, () => this.look());
  }

  stop(): void {
    this.isStopped = true;
    this.cancelTimer?.();
  }

  /**
   * What to begin with now, or when to look again; null: when something has ended, or more waits. While nothing gets
   * through, what has failed least often comes first, so that one that is always refused holds up no other.
   */
  private next(): P | number | null {
    const isFailing = this.failures > 0;
    if (this.underWay.size >= (isFailing ? 1 : atOnceMax)) return null;
    const now = this.ports.clock.now();
    const passed = new Set(this.underWay);
    let best: { parcel: P; failures: number } | null = null;
    let nextAt = Number.POSITIVE_INFINITY;
    for (const parcel of this.ports.waiting()) {
      const { about } = parcel;
      if (passed.has(about)) continue;
      passed.add(about);
      const { failures = 0, nextAt: tryAt = 0 } = this.failed.get(about) ?? {};
      if (tryAt > now) nextAt = Math.min(nextAt, tryAt);
      else if (failures === 0 || !isFailing) return parcel;
      else if (best === null || failures < best.failures) best = { parcel, failures };
    }
    return best?.parcel ?? (nextAt === Number.POSITIVE_INFINITY ? null : nextAt);
  }

  private begin(parcel: P): void {
    this.underWay.add(parcel.about);
    this.ports.start(this.ports.deliver(parcel).then((outcome) => this.ended(parcel, outcome)));
  }

  private ended({ about }: P, outcome: Outcome) {
    this.underWay.delete(about);
    const { clock, random } = this.ports;
    this.failures = outcome === 'delivered' ? 0 : this.failures + 1;
    this.notBefore = this.failures === 0 ? 0 : clock.now() + retryDelayMs(this.failures, random());
    if (outcome === 'failed') {
      const failures = (this.failed.get(about)?.failures ?? 0) + 1;
      this.failed.set(about, { failures, nextAt: clock.now() + retryDelayMs(failures, random()) });
    } else this.failed.delete(about);
    this.look();
  }
}
