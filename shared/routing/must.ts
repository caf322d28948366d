/**
 * What has to be there. Where it is not, the state is no longer what was recorded: going on without it would make that
 * worse, step by step. Who may well be gone (erased, closed, removed) is looked up with `get`.
 */
export function must<K, V>(map: ReadonlyMap<K, V>, id: K | null | undefined): V {
  const found = id === null || id === undefined ? undefined : map.get(id);
  if (found === undefined) throw new Error(`the state knows no ${String(id)}`);
  return found;
}

/** For the end of a `switch` over all there is. */
export function assertNever(value: never): never {
  throw new Error(`there is no such case: ${String((value as { type?: unknown }).type ?? value)}`);
}
