/** A client that has not repeated the first refused command for so long has given it up. */
const heldMs = 15_000;

/**
 * What a line was refused as too fast. All of it has to come again in its order: a later command that is taken first uses up
 * the numbers of the earlier ones.
 */
export class TurnedAway {
  private first: number | null = null;
  private until = 0;

  /** How long the command `n` has to wait; null for one whose number is not looked at. 0: the budgets decide. */
  waitMs(n: number | null, nowMs: number, againMs: number): number {
    const restMs = Math.max(0, this.until - nowMs);
    const isEarly = this.first !== null && n !== null && n > this.first && nowMs < this.until + heldMs;
    return isEarly ? Math.max(restMs, againMs) : restMs;
  }

  refused(n: number | null, nowMs: number, retryAfterMs: number): void {
    if (nowMs >= this.until && (this.first === null || n === null || n <= this.first))
      this.until = nowMs + retryAfterMs;
    if (n !== null) this.first = Math.min(n, this.first ?? n);
  }

  taken(n: number | null): void {
    if (n !== null && this.first !== null && n >= this.first) this.first = null;
  }
}
