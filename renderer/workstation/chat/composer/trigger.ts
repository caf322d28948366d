/** `/` asks for a canned reply, `@` for a colleague. */
type TriggerSign = '/' | '@';

/** A sign that opens the list of suggestions, and what was typed after it. */
interface Trigger {
  sign: TriggerSign;
  /** Where the sign stands. */
  start: number;
  query: string;
}

/** The trigger the caret stands in. Only at the start of a line or after a space: "and/or" and "me@home" are just text. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const found = /(?:^|\s)([/@])(\S*)$/.exec(text.slice(0, caret));
  const [, sign, query] = found ?? [];
  if (sign === undefined || query === undefined) return null;
  return { sign: sign as TriggerSign, start: caret - query.length - 1, query };
}
