/**
 * How the disk is, by the last `of` syncs: slow while three of four took longer than `aboveMs`, quick while half of them
 * did not, null between the two and until there are enough. On a busy machine many syncs take long; on a slow disk,
 * nearly all.
 */
export class SyncPace {
  private readonly lastMs: number[] = [];
  private slow = 0;

  constructor(private readonly limit: { aboveMs: number; of: number }) {}

  note(tookMs: number): void {
    const { aboveMs, of } = this.limit;
    this.lastMs.push(tookMs);
    if (tookMs > aboveMs) this.slow += 1;
    const oldest = this.lastMs.length > of ? this.lastMs.shift() : undefined;
    if (oldest !== undefined && oldest > aboveMs) this.slow -= 1;
  }

  get verdict(): 'slow' | 'quick' | null {
    const { of } = this.limit;
    if (this.lastMs.length < of) return null;
    if (4 * this.slow > 3 * of) return 'slow';
    return 2 * this.slow <= of ? 'quick' : null;
  }
}
