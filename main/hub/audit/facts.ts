import type { AuditChange } from '../../../shared/protocol/audit';

type Value = AuditChange['before'];

/** What a command may change, as it is now, by dotted path; compared before and after it. */
export type Facts = ReadonlyMap<string, Value>;

export const noFacts: Facts = new Map();

export function changesBetween(before: Facts, after: Facts): AuditChange[] {
  const changes: AuditChange[] = [];
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const change = { field, before: before.get(field) ?? null, after: after.get(field) ?? null };
    if (change.before !== change.after) changes.push(change);
  }
  return changes;
}

/** Every plain value in it; what is undefined is left out. */
export function factsOf(value: object): Facts {
  const facts = new Map<string, Value>();
  collect(value, '', facts);
  return facts;
}

function collect(value: object, path: string, facts: Map<string, Value>): void {
  for (const [key, each] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    if (typeof each === 'object' && each !== null) collect(each, field, facts);
    else if (each !== undefined) facts.set(field, each as Value);
  }
}
