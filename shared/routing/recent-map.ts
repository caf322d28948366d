/**
 * Remembers the newest `max` entries. A ring beside a Map: asking a Map for its oldest key walks over all that was
 * deleted before it, which costs more than a whole decision.
 */
export class RecentMap<V> {
  private readonly map = new Map<string, V>();
  private readonly ring: string[] = [];
  private oldest = 0;

  constructor(private readonly max: number) {}

  get size(): number {
    return this.map.size;
  }

  get(id: string): V | undefined {
    return this.map.get(id);
  }

  has(id: string): boolean {
    return this.map.has(id);
  }

  /** Adds an id that is not inside yet. */
  add(id: string, value: V): void {
    if (this.ring.length < this.max) {
      this.ring.push(id);
    } else {
      this.map.delete(this.ring[this.oldest]!);
      this.ring[this.oldest] = id;
      this.oldest = (this.oldest + 1) % this.max;
    }
    this.map.set(id, value);
  }

  /** Oldest first. */
  entries(): [string, V][] {
    const ids = [...this.ring.slice(this.oldest), ...this.ring.slice(0, this.oldest)];
    return ids.map((id) => [id, this.map.get(id)!]);
  }
}
