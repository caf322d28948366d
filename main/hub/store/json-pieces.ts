/** Most of a value in one line, in characters before escaping; a single text may be longer. */
const lineLengthMax = 64 * 1024;

type Key = string | number;
/** `[path, value]` sets the value there; `[path, more, '+']` adds to the list or object there. */
type Line = [path: Key[], value: unknown, adds?: '+'];

/**
 * Splits a plain JSON value into short lines, so that no saved state comes near the longest string V8 can hold, half a
 * gigabyte. `Assembly` is the inverse.
 */
export function* linesOf(value: unknown): Generator<string> {
  for (const line of linesAt([], value)) yield JSON.stringify(line);
}

function* linesAt(path: Key[], value: unknown): Generator<Line> {
  if (typeof value !== 'object' || value === null || weigh(value, lineLengthMax) <= lineLengthMax) yield [path, value];
  else if (Array.isArray(value)) yield* listAt(path, value);
  else yield* objectAt(path, value);
}

function* listAt(path: Key[], list: readonly unknown[]): Generator<Line> {
  yield [path, []];
  let more: unknown[] = [];
  let length = 0;
  for (const [index, item] of list.entries()) {
    const itemLength = weigh(item, lineLengthMax);
    if (more.length > 0 && length + itemLength > lineLengthMax) {
      yield [path, more, '+'];
      more = [];
      length = 0;
    }
    if (itemLength > lineLengthMax) yield* linesAt([...path, index], item);
    else {
      more.push(item);
      length += itemLength;
    }
  }
  if (more.length > 0) yield [path, more, '+'];
}

function* objectAt(path: Key[], object: object): Generator<Line> {
  yield [path, {}];
  let more: Record<string, unknown> = {};
  let length = 0;
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const valueLength = key.length + weigh(value, lineLengthMax);
    if (length > 0 && length + valueLength > lineLengthMax) {
      yield [path, more, '+'];
      more = {};
      length = 0;
    }
    if (valueLength > lineLengthMax) yield* linesAt([...path, key], value);
    else {
      more[key] = value;
      length += valueLength;
    }
  }
  if (length > 0) yield [path, more, '+'];
}

/** Estimates the length of its JSON, stopping soon after `max`. */
export function weigh(value: unknown, max: number): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 16;
  let length = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      length += weigh(item, max - length);
      if (length > max) break;
    }
    return length;
  }
  for (const key in value) {
    length += key.length + 4 + weigh((value as Record<string, unknown>)[key], max - length);
    if (length > max) break;
  }
  return length;
}

/** Rebuilds a value from its lines, in order. Throws at a line that does not fit. */
export class Assembly {
  private readonly root: { value?: unknown } = {};

  get value(): unknown {
    return this.root.value;
  }

  take(text: string): void {
    const [path, value, adds] = JSON.parse(text) as Line;
    if (adds) this.add(path, value);
    else {
      const parent = path.length === 0 ? this.root : this.at(path.slice(0, -1));
      (parent as Record<Key, unknown>)[path.at(-1) ?? 'value'] = value;
    }
  }

  private add(path: Key[], more: unknown): void {
    const there = this.at(path);
    if (!Array.isArray(there)) Object.assign(there, more);
    else for (const item of more as unknown[]) there.push(item);
  }

  private at(path: Key[]): object {
    let found: unknown = this.root.value;
    for (const key of path) found = (found as Record<Key, unknown>)[key];
    if (typeof found !== 'object' || found === null) throw new Error(`there is nothing at ${path.join('.')}`);
    return found;
  }
}
