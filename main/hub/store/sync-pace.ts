/** Whether this disk is slow: the median of the last `of` syncs is above `medianMs`. */
export class SyncPace {
  private readonly lastMs: number[] = [];
  private slow = 0;

  constructor(private readonly limit: { medianMs: number; of: number }) {}

  note(tookMs: number): void {
    const { medianMs, of } = this.limit;
    this.lastMs.push(tookMs);
    if (tookMs > medianMs) this.slow += 1;
    const oldest = this.lastMs.length > of ? this.lastMs.shift() : undefined;
    if (oldest !== undefined && oldest > medianMs) this.slow -= 1;
  }

  /** False until there are enough of them. */
  get isSlow(): boolean {
    const { of } = this.limit;
    return this.lastMs.length === of && 2 * this.slow > of;
  }
}
