import type { Clock } from '../ports';

/** Thrown in a hub that has met an error: it is over, and another one starts from the disk. */
export class HubOver extends Error {
  constructor() {
    super('The hub met an error and starts again. Try once more in a moment.');
  }
}

/**
 * The one way into a hub for callbacks from outside: a clock, a store, a line that closes. An error in one ends this
 * hub, but not the process.
 */
export class Guard {
  constructor(private readonly fault: (error: unknown) => void) {}

  /** Undefined when it threw. */
  run<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.fault(error);
      return undefined;
    }
  }

  /** A clock whose callbacks run in this guard. */
  clock(clock: Clock): Clock {
    return { now: () => clock.now(), at: (atMs, run) => clock.at(atMs, () => this.run(run)) };
  }

  /** Runs work in the background; its errors are caught here. */
  start(work: Promise<unknown>): void {
    void work.catch((error) => this.fault(error));
  }
}
