/** A client that has not repeated the first refused command within this has given it up. */
const heldMs = 15_000;

/**
 * Commands of a line that were refused for coming too fast. They have to be repeated in order: if a later one is taken
 * first, it uses up the numbers of the earlier ones.
 */
export class TurnedAway {
  private first: number | null = null;
  private until = 0;

  /** How long command `n` has to wait; `n` null: its number does not matter. 0: the budgets decide. */
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
