/** Items per chunk before it is split in two: keeps array moves short, and chunks few at 100,000 items. */
const CHUNK_MAX = 256;

/**
 * A set kept in order: sorted chunks, found by binary search. Insert, delete and first cost O(log n) comparisons plus
 * a short array move; unlike a FIFO queue, items can return to their old place (QU3).
 * An item's key must not change while it is inside.
 */
export class Ordered<T> {
  size = 0;
  private readonly chunks: T[][] = [];
  /** Null: has to be rebuilt, as a chunk was split or removed. */
  private counts: ChunkCounts | null = null;

  constructor(private readonly compare: (a: T, b: T) => number) {}

  insert(item: T): void {
    this.size += 1;
    const last = this.chunks.length - 1;
    if (last < 0) {
      this.chunks.push([item]);
      this.counts = null;
      return;
    }
    const at = Math.min(this.chunkFor(item), last);
    const chunk = this.chunks[at]!;
    chunk.splice(this.placeIn(chunk, item), 0, item);
    this.counts?.add(at, 1);
    if (chunk.length <= CHUNK_MAX) return;
    this.chunks.splice(at + 1, 0, chunk.splice(CHUNK_MAX >> 1));
    this.counts = null;
  }

  delete(item: T): boolean {
    const at = this.chunkFor(item);
    const chunk = this.chunks[at];
    if (!chunk) return false;
    const place = this.placeIn(chunk, item);
    if (chunk[place] !== item) return false;
    chunk.splice(place, 1);
    this.size -= 1;
    this.counts?.add(at, -1);
    if (chunk.length === 0) {
      this.chunks.splice(at, 1);
      this.counts = null;
    }
    return true;
  }

  first(): T | undefined {
    return this.chunks[0]?.[0];
  }

  second(): T | undefined {
    return this.chunks[0]?.[1] ?? this.chunks[1]?.[0];
  }

  /** The first item the test accepts; the cost is the number of items it rejects. */
  find(accepts: (item: T) => boolean): T | undefined {
    for (const chunk of this.chunks) for (const item of chunk) if (accepts(item)) return item;
    return undefined;
  }

  has(item: T): boolean {
    const chunk = this.chunks[this.chunkFor(item)];
    return chunk !== undefined && chunk[this.placeIn(chunk, item)] === item;
  }

  /** How many items come before this one, which need not be in the set. O(log n). */
  rank(item: T): number {
    const at = this.chunkFor(item);
    const chunk = this.chunks[at];
    if (!chunk) return this.size;
    this.counts ??= new ChunkCounts(this.chunks);
    return this.counts.before(at) + this.placeIn(chunk, item);
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

/**
 * The number of items before each chunk: a binary indexed tree, O(log n) for updates and queries. Rebuilt after a chunk
 * was split or removed, which takes a hundred changes of that chunk.
 */
class ChunkCounts {
  /** 1-based: entry `i` sums the `i & -i` chunks up to it. */
  private readonly sums: number[];

  constructor(chunks: readonly (readonly unknown[])[]) {
    this.sums = [0, ...chunks.map(({ length }) => length)];
    for (let i = 1; i < this.sums.length; i += 1) {
      const parent = i + (i & -i);
      if (parent < this.sums.length) this.sums[parent]! += this.sums[i]!;
    }
  }

  add(at: number, by: number): void {
    for (let i = at + 1; i < this.sums.length; i += i & -i) this.sums[i]! += by;
  }

  /** The number of items in all chunks before this index. */
  before(at: number): number {
    let sum = 0;
    for (let i = at; i > 0; i -= i & -i) sum += this.sums[i]!;
    return sum;
  }
}
