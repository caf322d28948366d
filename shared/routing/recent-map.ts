/**
 * Remembers at least the newest `max` entries, at most twice as many. Two generations, dropped whole: deleting the
 * oldest of one Map again and again costs more than a whole decision.
 */
export class RecentMap<V> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();

  constructor(private readonly max: number) {}

  get(id: string): V | undefined {
    return this.young.get(id) ?? this.old.get(id);
  }

  has(id: string): boolean {
    return this.young.has(id) || this.old.has(id);
  }

  /** Adds an id that is not inside yet. */
  add(id: string, value: V): void {
    this.young.set(id, value);
    if (this.young.size < this.max) return;
    this.old = this.young;
    this.young = new Map();
  }

  /** Oldest first; added in this order they make the same memory. */
  entries(): [string, V][] {
    return [...this.old, ...this.young];
  }
}
