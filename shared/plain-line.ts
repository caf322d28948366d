/** Marks that turn the direction of reading: what stands after them, too, would read otherwise than it is. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Controls, format characters but the joiners that some scripts and emoji need, lone surrogates, private use. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/** One line of characters that are seen: for every name and label, which stand in sentences and titles. */
export function plainLine(text: string): string {
  const line = text.replace(breaks, ' ').replace(unseen, '');
  return /[^\s\u200c\u200d]/.test(line) ? line : '';
}

/** Hebrew, Arabic and their neighbours, and their forms for presentation. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Words of somebody's inside a sentence of ours that is text only: those that run from right to left do so among
 * themselves (U+2068 … U+2069), and turn nothing around them.
 */
export function isolated(words: string): string {
  const plain = words.replace(turning, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
