/**
 * Looks up an entry that has to exist. If it does not, the state has diverged from the records, and going on would make
 * that worse step by step. Use `get` for an entry that may be gone (erased, closed, removed).
 */
export function must<K, V>(map: ReadonlyMap<K, V>, id: K | null | undefined): V {
  const found = id === null || id === undefined ? undefined : map.get(id);
  if (found === undefined) throw new Error(`the state knows no ${String(id)}`);
  return found;
}

/** The default of an exhaustive `switch`. */
export function assertNever(value: never): never {
  throw new Error(`there is no such case: ${String((value as { type?: unknown }).type ?? value)}`);
}
