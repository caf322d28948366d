/** Marks that change the reading direction, also of the text after them. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Those of them that turn all that follows until they are ended, which may be beyond the text. */
const overrides = /[\u202a-\u202e\u2066-\u2069]/g;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control and format characters except the joiners that some scripts and emoji need, lone surrogates, private use. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/** One line of visible characters, for names and labels, which appear in sentences and titles. */
export function plainLine(text: string): string {
  const line = text.replace(breaks, ' ').replace(unseen, '');
  return /[^\s\u200c\u200d]/.test(line) ? line : '';
}

/** Words that stand in a line with others: what would turn these too is taken out, but not the marks that letters need. */
export function withoutOverrides(words: string): string {
  return words.replace(overrides, '');
}

/** Hebrew, Arabic and related scripts, with their presentation forms. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Prepares a user's words for insertion into a plain-text sentence: right-to-left words are isolated (U+2068 … U+2069),
 * so that they do not reorder the text around them.
 */
export function isolated(words: string): string {
  const plain = words.replace(turning, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
