import { addressKey, isLoopback } from '../system/addresses';

const freeTries = 3;
const delayMaxMs = 60_000;
/** After this long without a wrong try a key starts over: a delay, never a ban. */
const forgetAfterMs = 15 * 60_000;
const keysMax = 1_000;

/** One key for all loopback addresses: the hub machine's user is delayed only by their own tries. */
export const ownMachine = 'own';

/** The key under which wrong tries from an address are counted. */
export function triesKey(address: string): string {
  return isLoopback(address) ? ownMachine : addressKey(address);
}

/**
 * Backoff after wrong codes and passphrases: 1 s after the third, doubling, at most a minute. Per address (`triesKey`)
 * or, once signed in, per account, so that one's tries do not delay others.
 */
export class WrongTries {
  private readonly byKey = new Map<string, { tries: number; lastMs: number }>();

  /** Milliseconds until this key may try again; 0 means now. */
  waitMs(key: string, nowMs: number): number {
    const entry = this.byKey.get(key);
    if (!entry || nowMs - entry.lastMs > forgetAfterMs || entry.tries < freeTries) return 0;
    const delayMs = Math.min(1_000 * 2 ** (entry.tries - freeTries), delayMaxMs);
    return Math.max(0, entry.lastMs + delayMs - nowMs);
  }

  /** True when the delays begin with this try. */
  wrong(key: string, nowMs: number): boolean {
    const entry = this.byKey.get(key);
    const tries = entry && nowMs - entry.lastMs <= forgetAfterMs ? entry.tries + 1 : 1;
    this.byKey.delete(key);
    this.byKey.set(key, { tries, lastMs: nowMs });
    if (this.byKey.size > keysMax) {
      const oldest = this.byKey.keys().next().value;
      if (oldest !== undefined) this.byKey.delete(oldest);
    }
    return tries === freeTries;
  }

  right(key: string): void {
    this.byKey.delete(key);
  }
}
