/** The set with or without this member; the same set when that changes nothing. */
export function withMember(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  if (set.has(id) === isIn) return set;
  return new Set(isIn ? [...set, id] : [...set].filter((each) => each !== id));
}
