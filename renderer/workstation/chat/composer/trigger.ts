/** `/` asks for a canned reply, `@` for a colleague. */
type TriggerSign = '/' | '@';

/** A character that opens the list of suggestions, with the text typed after it. */
interface Trigger {
  sign: TriggerSign;
  /** The index of that character in the text. */
  start: number;
  query: string;
}

/** The trigger at the caret. It must follow a space or start a line: "and/or" and "me@home" contain none. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const found = /(?:^|\s)([/@])(\S*)$/.exec(text.slice(0, caret));
  const [, sign, query] = found ?? [];
  if (sign === undefined || query === undefined) return null;
  return { sign: sign as TriggerSign, start: caret - query.length - 1, query };
}
