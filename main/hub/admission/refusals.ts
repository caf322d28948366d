import type { RefusalView, RefusedWhat } from '../../../shared/protocol/refusals';
import type { HubLimits } from '../limits';
import type { Clock, Log } from '../ports';
import { Budget } from './budget';

export interface RefusalPorts {
  clock: Clock;
  log: Log;
  /** Sends supervisors the whole current list. */
  tell(refusals: RefusalView[]): void;
  /** Notes in the audit log that this refusal has begun. */
  note(refusal: RefusalView): void;
}

/**
 * The refusals going on now: one entry per kind and address, which counts up. Supervisors see the list; the log and the
 * audit log note each beginning. Tells from a timer, never in the middle of a step.
 */
export class Refusals {
  private readonly byKey = new Map<string, RefusalView>();
  private readonly notes: Budget;
  private unlogged: RefusalView[] = [];
  private cancel: (() => void) | null = null;
  private changed = false;
  private stopped = false;

  constructor(
    private readonly ports: RefusalPorts,
    private readonly limits: HubLimits['refusals'],
  ) {
    this.notes = new Budget({ address: limits.audited }, 1);
  }

  /** `address` null: everybody is refused, as the hub is full. */
  add(what: RefusedWhat, address: string | null): void {
    if (this.stopped) return;
    const key = `${what} ${address}`;
    const now = this.ports.clock.now();
    const known = this.byKey.get(key);
    const refusal: RefusalView = { what, address, count: (known?.count ?? 0) + 1, since: known?.since ?? now, at: now };
    this.byKey.delete(key);
    this.byKey.set(key, refusal);
    if (!known && this.unlogged.length < this.limits.listedMax) this.unlogged.push(refusal);
    if (this.byKey.size > this.limits.listedMax) this.byKey.delete(this.byKey.keys().next().value!);
    // A new entry is told at once; counts that only go up are batched.
    if (!this.changed) this.arm(now + (known ? this.limits.tellEveryMs : 0));
    this.changed = true;
  }

  /** The entry quiet for longest comes first. */
  now(): RefusalView[] {
    return [...this.byKey.values()];
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private arm(atMs: number) {
    this.cancel?.();
    this.cancel = this.ports.clock.at(atMs, () => this.tell());
  }

  private tell() {
    const { clock, log, tell, note } = this.ports;
    const now = clock.now();
    for (const [key, refusal] of this.byKey) {
      if (refusal.at + this.limits.overAfterMs > now) break;
      this.byKey.delete(key);
      log.info('refused.over', { ...refusal });
    }
    this.changed = false;
    const begun = this.unlogged;
    this.unlogged = [];
    for (const refusal of begun) {
      log.warn('refused.begun', { what: refusal.what, address: refusal.address });
      if (this.notes.take({ person: null, address: '' }, now) === 0) note(refusal);
    }
    tell(this.now());
    const [first] = this.byKey.values();
    if (first) this.arm(first.at + this.limits.overAfterMs);
  }
}
