/**
 * Keeps at least the newest `max` entries and at most twice as many, in two generations that are dropped as a whole:
 * deleting the oldest entry of a single Map each time would cost more than an entire routing decision.
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

  /** Adds an id that must not be present yet. */
  add(id: string, value: V): void {
    this.young.set(id, value);
    if (this.young.size < this.max) return;
    this.old = this.young;
    this.young = new Map();
  }

  delete(id: string): void {
    this.young.delete(id);
    this.old.delete(id);
  }

  /** Oldest first; adding them in this order restores the same content. */
  entries(): [string, V][] {
    return [...this.old, ...this.young];
  }
}
