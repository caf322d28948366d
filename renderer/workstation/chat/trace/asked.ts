/** `/` asks for a canned reply, `@` for a colleague. */
type AskingSign = '/' | '@';

/** A sign that asks for something to put in its place, and what was typed after it. */
export interface Asked {
  sign: AskingSign;
  /** Where the sign stands. */
  start: number;
  query: string;
}

/** Only at the start of a line or after a space: "and/or", "1 / 2" and "me@home" are just text. */
export function askedAt(text: string, caret: number): Asked | null {
  const found = /(?:^|\s)([/@])(\S*)$/.exec(text.slice(0, caret));
  const [, sign, query] = found ?? [];
  if (sign === undefined || query === undefined) return null;
  return { sign: sign as AskingSign, start: caret - query.length - 1, query };
}
