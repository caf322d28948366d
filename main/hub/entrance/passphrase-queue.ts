import type { QueueLimits } from '../limits';
import { ownMachine } from './wrong-tries';

interface Job {
  run(): Promise<void>;
  turnAway(): void;
}

/**
 * Passphrases are checked one at a time: each takes 128 MiB and one of the four threads the journal's writes need too
 * (STORAGE.md). The keys (addresses or accounts) take turns, and this machine's own is always next: a key with many
 * waiting delays only itself.
 */
export class PassphraseQueue {
  private readonly waiting = new Map<string, Job[]>();
  private isBusy = false;

  constructor(private readonly limits: QueueLimits) {}

  /** `full`: too many of this key are waiting already; `busy`: too many other keys are. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T | 'full' | 'busy'> {
    const jobs = this.waiting.get(key) ?? [];
    if (jobs.length >= this.limits.perKeyMax) return Promise.resolve('full');
    if (jobs.length === 0 && key !== ownMachine && this.waiting.size >= this.limits.keysMax)
      return Promise.resolve('busy');
    return new Promise<T | 'busy'>((resolve, reject) => {
      const job = { run: () => work().then(resolve, reject), turnAway: () => resolve('busy') };
      this.waiting.set(key, [...jobs, job]);
      void this.next();
    });
  }

  /** Turns away all that are waiting. */
  stop(): void {
    const jobs = [...this.waiting.values()].flat();
    this.waiting.clear();
    for (const job of jobs) job.turnAway();
  }

  private async next(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let job = this.take(); job; job = this.take()) await job.run();
    this.isBusy = false;
  }

  private take(): Job | null {
    const key = this.waiting.has(ownMachine) ? ownMachine : this.waiting.keys().next().value;
    if (key === undefined) return null;
    const [job = null, ...others] = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    if (others.length > 0) this.waiting.set(key, others);
    return job;
  }
}
