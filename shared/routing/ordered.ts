/** Items per chunk before it is split in two: a short memmove, and few chunks at 100,000 items. */
const CHUNK_MAX = 256;

/**
 * A set kept in order: sorted chunks, found by binary search. Insert, delete and first cost O(log n) comparisons plus
 * a short array move; unlike a first-in-first-out list, an old place can be entered again (QU3).
 * An item's key must not change while it is inside.
 */
export class Ordered<T> {
  size = 0;
  private readonly chunks: T[][] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  insert(item: T): void {
    this.size += 1;
    const last = this.chunks.length - 1;
    if (last < 0) {
      this.chunks.push([item]);
      return;
    }
    const at = Math.min(this.chunkFor(item), last);
    const chunk = this.chunks[at]!;
    chunk.splice(this.placeIn(chunk, item), 0, item);
    if (chunk.length > CHUNK_MAX) this.chunks.splice(at + 1, 0, chunk.splice(CHUNK_MAX >> 1));
  }

  delete(item: T): boolean {
    const at = this.chunkFor(item);
    const chunk = this.chunks[at];
    if (!chunk) return false;
    const place = this.placeIn(chunk, item);
    if (chunk[place] !== item) return false;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.chunks.splice(at, 1);
    this.size -= 1;
    return true;
  }

  first(): T | undefined {
    return this.chunks[0]?.[0];
  }

  second(): T | undefined {
    return this.chunks[0]?.[1] ?? this.chunks[1]?.[0];
  }

  /** The first item the test accepts; the cost is the number of items it refuses. */
  find(accepts: (item: T) => boolean): T | undefined {
    for (const chunk of this.chunks) for (const item of chunk) if (accepts(item)) return item;
    return undefined;
  }

  has(item: T): boolean {
    const chunk = this.chunks[this.chunkFor(item)];
    return chunk !== undefined && chunk[this.placeIn(chunk, item)] === item;
  }

  /** How many items come before this place; the item itself need not be inside. */
  rank(item: T): number {
    const at = this.chunkFor(item);
    let before = 0;
    for (let i = 0; i < at; i += 1) before += this.chunks[i]!.length;
    const chunk = this.chunks[at];
    return chunk ? before + this.placeIn(chunk, item) : before;
  }

  toArray(): T[] {
    return this.chunks.flat();
  }

  /** The first chunk whose last item is not before `item`. */
  private chunkFor(item: T): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const chunk = this.chunks[middle]!;
      if (this.compare(chunk[chunk.length - 1]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private placeIn(chunk: T[], item: T): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(chunk[middle]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
