const freeTries = 3;
const delayMaxMs = 60_000;
/** After this long without a wrong try an address starts afresh: a delay, never a ban. */
const forgetAfterMs = 15 * 60_000;
const addressesMax = 1_000;

/** A growing delay per address after wrong codes and passphrases: 1 s after the third, doubling, at most a minute. */
export class WrongTries {
  private readonly byAddress = new Map<string, { tries: number; lastMs: number }>();

  /** Milliseconds until this address may try again; 0 means now. */
  waitMs(address: string, nowMs: number): number {
    const entry = this.byAddress.get(address);
    if (!entry || nowMs - entry.lastMs > forgetAfterMs || entry.tries < freeTries) return 0;
    const delayMs = Math.min(1_000 * 2 ** (entry.tries - freeTries), delayMaxMs);
    return Math.max(0, entry.lastMs + delayMs - nowMs);
  }

  /** True when the delays begin with this one. */
  wrong(address: string, nowMs: number): boolean {
    const entry = this.byAddress.get(address);
    const tries = entry && nowMs - entry.lastMs <= forgetAfterMs ? entry.tries + 1 : 1;
    this.byAddress.delete(address);
    this.byAddress.set(address, { tries, lastMs: nowMs });
    if (this.byAddress.size > addressesMax) {
      const oldest = this.byAddress.keys().next().value;
      if (oldest !== undefined) this.byAddress.delete(oldest);
    }
    return tries === freeTries;
  }

  right(address: string): void {
    this.byAddress.delete(address);
  }
}
