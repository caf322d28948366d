type Content<T extends string | object> =
  /** The newest version, which holds the rows. */
  | { rows: Map<string, T> }
  /** An older version: what one row was in it, and the version that came after. */
  | { id: string; row: T | undefined; next: Table<T> };

/**
 * An immutable map of rows by id, in the order they were first set. A change returns a new table, so `===` tells
 * whether anything changed. It takes constant time: the new table takes the map over, and the old one keeps only the
 * difference (Baker's persistent arrays). Only reading an old table copies the map.
 */
export class Table<T extends string | object> {
  private constructor(private content: Content<T>) {}

  static empty<T extends string | object>(): Table<T> {
    return new Table<T>({ rows: new Map() });
  }

  get size(): number {
    return this.rows().size;
  }

  get(id: string): T | undefined {
    return this.rows().get(id);
  }

  has(id: string): boolean {
    return this.rows().has(id);
  }

  keys(): Iterable<string> {
    return this.rows().keys();
  }

  values(): Iterable<T> {
    return this.rows().values();
  }

  [Symbol.iterator](): Iterator<[string, T]> {
    return this.rows()[Symbol.iterator]();
  }

  /** With this row: it replaces the one with its id in place, or is appended. */
  set(id: string, row: T): Table<T> {
    const rows = this.rows();
    const before = rows.get(id);
    return before === row ? this : this.followedBy(rows.set(id, row), id, before);
  }

  delete(id: string): Table<T> {
    const rows = this.rows();
    const before = rows.get(id);
    if (before === undefined) return this;
    rows.delete(id);
    return this.followedBy(rows, id, before);
  }

  /** Without the rows for which `isGone` is true. */
  without(isGone: (row: T, id: string) => boolean): Table<T> {
    const gone = [...this].filter(([id, row]) => isGone(row, id));
    return gone.reduce<Table<T>>((table, [id]) => table.delete(id), this);
  }

  private followedBy(rows: Map<string, T>, id: string, row: T | undefined): Table<T> {
    const next = new Table({ rows });
    this.content = { id, row, next };
    return next;
  }

  private rows(): Map<string, T> {
    if ('rows' in this.content) return this.content.rows;
    const differences: { id: string; row: T | undefined }[] = [];
    let content: Content<T> = this.content;
    while (!('rows' in content)) {
      differences.push(content);
      content = content.next.content;
    }
    const rows = new Map(content.rows);
    for (const { id, row } of differences.reverse()) {
      if (row === undefined) rows.delete(id);
      else rows.set(id, row);
    }
    this.content = { rows };
    return rows;
  }
}
