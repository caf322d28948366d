import type * as z from 'zod';

const depthMax = 16;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** A decoded frame. A bad command with a `cid` gets a refusal; anything else that is bad closes the line. */
export type Decoded<T> =
  | { kind: 'frame'; frame: T }
  | {
      kind: 'badCommand';
      cid: string;
      code: 'unknownCommand' | 'settingInvalid' | 'invalid';
      field: string;
      message: string;
    }
  /** A hello that does not decode is also answered with the reason; `proto` null: not a number. */
  | { kind: 'badHello'; proto: number | null; message: string }
  | { kind: 'badFrame'; message: string };

/** Reads one text frame by the schema of its role. Never throws. */
export function decode<T>(text: string, schema: z.ZodType<T>): Decoded<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'badFrame', message: 'not JSON' };
  }
  const problem = problemIn(value, 1);
  if (problem !== null) return { kind: 'badFrame', message: problem };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'frame', frame: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  const field = path.join('.');
  const message = issue ? `${field}${field ? ': ' : ''}${issue.message}` : 'invalid';
  const { type, proto } = { ...(value as { type?: unknown; proto?: unknown } | null) };
  if (type === 'hello') {
    const told = issue?.code === 'unrecognized_keys' ? 'a field that this hub does not know' : message;
    return { kind: 'badHello', proto: typeof proto === 'number' ? proto : null, message: `hello: ${told}` };
  }
  const cid = commandId(value);
  // This goes to the log, which must hold nothing a stranger wrote, not even the name of a field.
  if (cid === null)
    return { kind: 'badFrame', message: issue?.code === 'unrecognized_keys' ? 'a field that is not known' : message };
  if (path[0] === 'settings') {
    // Worded as by the core (SE2): the field's path within the settings, and the reason.
    const inner = [...path.slice(1), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.');
    const reason = issue?.code === 'unrecognized_keys' ? 'is not a known setting' : issue?.message;
    return { kind: 'badCommand', cid, code: 'settingInvalid', field: inner, message: `${inner} ${reason}` };
  }
  const unknown = issue?.code === 'invalid_union' && field === 'op';
  if (!unknown) return { kind: 'badCommand', cid, code: 'invalid', field, message };
  return { kind: 'badCommand', cid, code: 'unknownCommand', field, message: 'there is no such command for this role' };
}

/** Rejects, in one walk, what should not reach a schema. */
function problemIn(value: unknown, depth: number): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth > depthMax) return `nested deeper than ${depthMax}`;
  // `for in` is safe: a value from JSON.parse has no enumerable keys but its own.
  for (const key in value) {
    if (forbiddenKeys.has(key)) return 'forbidden key';
    const problem = problemIn((value as Record<string, unknown>)[key], depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function commandId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, cid } = value as { type?: unknown; cid?: unknown };
  return type === 'command' && typeof cid === 'string' && cid.length >= 1 && cid.length <= 64 ? cid : null;
}
