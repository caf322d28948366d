/**
 * Removes case, width and accents: "amelie" finds "Amélie", "ａｂｃ" finds "abc". Folding a text equals folding its
 * characters one by one, which `foldedWithPlaces` relies on.
 */
export function fold(text: string): string {
  // Marks are removed first: normalising a long run of them takes quadratic time.
  const plain = text
    .replace(/\p{M}+/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  // The only letter whose lower case depends on its neighbours.
  return plain.toLowerCase().replaceAll('ς', 'σ');
}

/** The words match as substrings, so Chinese needs no word breaks. */
export function searchWords(query: string): string[] {
  return [...new Set(fold(query).split(/\s+/).filter(Boolean))];
}

const phoneQuery = /^\+?[\d\s()./-]+$/;
const phoneNumber = /\+?\d(?:[\s()./-]{0,3}\d)+/g;
/** Fewer digits are no phone number. */
export const phoneDigitsMin = 6;

/** The digits of a query that is a phone number, without what stands before it within a country; null: it is none. */
export function phoneIn(query: string): string | null {
  const folded = fold(query).trim();
  return phoneQuery.test(folded) ? digitsOf(folded) : null;
}

/** The phone numbers in a text, in the same form. */
export function phonesIn(text: string): string[] {
  return (fold(text).match(phoneNumber) ?? []).flatMap((each) => digitsOf(each) ?? []);
}

/** Whether two numbers are one, with or without the country's code: "912 345 678" and "+351 912345678". */
export function isSamePhone(one: string, other: string): boolean {
  return one.endsWith(other) || other.endsWith(one);
}

function digitsOf(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < phoneDigitsMin ? null : digits;
}

/** How many characters of a name are matched as pinyin. */
export const spelledMax = 24;
const syllableMax = 6;
const cutsMax = 200;

/**
 * Whether it is worth asking pinyin-match if a folded word spells Chinese characters of a folded text. Excludes words
 * that split into syllables in very many ways, such as "ananananananan": pinyin-match would try every one of them.
 */
export function maySpell(word: string, text: string): boolean {
  return /^[a-z]+$/.test(word) && /\p{Script=Han}/u.test(text) && cutsOf(word) <= cutsMax;
}

const syllable = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]{1,3}(?:n|ng|r)?$|^(?:n|m|ng)$/;

/** In how many ways a word splits into syllables, the last of which may be incomplete. */
function cutsOf(word: string): number {
  const ways = [1];
  const sum = (to: number, fits: (from: number) => boolean) => {
    let count = 0;
    for (let from = Math.max(0, to - syllableMax); from < to; from += 1) if (fits(from)) count += ways[from] ?? 0;
    return count;
  };
  for (let to = 1; to < word.length; to += 1) ways[to] = sum(to, (from) => syllable.test(word.slice(from, to)));
  return sum(word.length, () => true);
}

export interface MarkedPart {
  text: string;
  isMatch: boolean;
}

/** The text split into parts that match one of the words (from `searchWords`) and the parts between. */
export function markedParts(text: string, words: readonly string[]): MarkedPart[] {
  const { folded, at } = foldedWithPlaces(text);
  const spans: { from: number; to: number }[] = [];
  for (const word of words)
    for (let from = folded.indexOf(word); from !== -1; from = folded.indexOf(word, from + word.length))
      spans.push({ from: at[from] ?? 0, to: at[from + word.length] ?? text.length });
  spans.sort((a, b) => a.from - b.from);
  const parts: MarkedPart[] = [];
  let done = 0;
  const push = (to: number, isMatch: boolean) => {
    if (to <= done) return;
    parts.push({ text: text.slice(done, to), isMatch });
    done = to;
  };
  for (const { from, to } of spans) {
    push(from, false);
    push(to, true);
  }
  push(text.length, false);
  return parts;
}

const beforeMatch = 30;
const excerptLengthMax = 160;

/** The text as one line, from shortly before the first match; null if there is none. */
export function excerptAround(text: string, words: readonly string[]): string | null {
  const line = text.replace(/\s+/g, ' ').trim();
  const { folded, at } = foldedWithPlaces(line);
  const places = words.map((word) => folded.indexOf(word)).filter((place) => place !== -1);
  if (places.length === 0) return null;
  const first = at[Math.min(...places)] ?? 0;
  // By whole characters: half of a surrogate pair would show as a box.
  const start = first > beforeMatch ? [...line.slice(0, first)].slice(-beforeMatch).join('').length : first;
  const shown = [...line.slice(first - start)];
  const isCut = shown.length > excerptLengthMax;
  return `${first > start ? '…' : ''}${shown.slice(0, excerptLengthMax).join('')}${isCut ? '…' : ''}`;
}

/** `at` maps each folded letter to its place in the text: folding turns "ﬁ" into two letters and drops accents. */
function foldedWithPlaces(text: string): { folded: string; at: number[] } {
  const at: number[] = [];
  let folded = '';
  let index = 0;
  for (const character of text) {
    const part = fold(character);
    for (let unit = 0; unit < part.length; unit += 1) at.push(index);
    folded += part;
    index += character.length;
  }
  return { folded, at };
}
