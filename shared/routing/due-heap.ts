/** One item per offer, agent or conversation, with its next deadline. */
export interface DueItem {
  at: number;
  /** At equal times offers (0) come first, then agents, then conversations; each by number, then id. */
  rank: 0 | 1 | 2;
  number: number;
  id: string;
  /** Index in the heap; -1: not armed. */
  place: number;
}

export function dueItem(rank: 0 | 1 | 2, number: number, id: string): DueItem {
  return { at: 0, rank, number, id, place: -1 };
}

function before(a: DueItem, b: DueItem): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.number !== b.number) return a.number < b.number;
  return a.id < b.id;
}

/** An indexed binary heap: one armed timer for everything, each item moved in O(log n). */
export class DueHeap {
  private readonly items: DueItem[] = [];

  get size(): number {
    return this.items.length;
  }

  first(): DueItem | undefined {
    return this.items[0];
  }

  /** Arms, moves or (null) disarms an item. */
  set(item: DueItem, at: number | null): void {
    if (at === null) {
      this.remove(item);
      return;
    }
    if (item.place < 0) {
      item.at = at;
      item.place = this.items.length;
      this.items.push(item);
      this.up(item);
      return;
    }
    if (item.at === at) return;
    item.at = at;
    this.up(item);
    this.down(item);
  }

  private remove(item: DueItem): void {
    const place = item.place;
    if (place < 0) return;
    item.place = -1;
    const last = this.items.pop()!;
    if (last === item) return;
    this.items[place] = last;
    last.place = place;
    this.up(last);
    this.down(last);
  }

  private up(item: DueItem): void {
    let place = item.place;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = this.items[parentPlace]!;
      if (!before(item, parent)) break;
      this.items[place] = parent;
      parent.place = place;
      place = parentPlace;
    }
    this.items[place] = item;
    item.place = place;
  }

  private down(item: DueItem): void {
    let place = item.place;
    for (;;) {
      let childPlace = 2 * place + 1;
      let child = this.items[childPlace];
      if (!child) break;
      const right = this.items[childPlace + 1];
      if (right && before(right, child)) {
        child = right;
        childPlace += 1;
      }
      if (!before(child, item)) break;
      this.items[place] = child;
      child.place = place;
      place = childPlace;
    }
    this.items[place] = item;
    item.place = place;
  }
}
