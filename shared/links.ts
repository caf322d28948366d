import { externalLink } from './external-link';

/** An address in a text, as written. */
export interface Link {
  start: number;
  text: string;
  /** What it leads to. */
  url: string;
}

/**
 * No address goes on over these: Chinese, Japanese and Korean are written without spaces ("看https://a.example，谢谢"), and
 * format characters could make an address read like another one.
 */
const boundary =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef\p{Cf}]+/u;

/** The links of a text, by a finder for what stands between two boundaries; without those that may not be opened. */
export function linksBy(find: (run: string) => readonly Link[], text: string): Link[] {
  let start = 0;
  return text.split(new RegExp(`(${boundary.source})`, 'u')).flatMap((run, at) => {
    const from = start;
    start += run.length;
    const found = at % 2 === 0 ? find(run) : [];
    return found.filter(({ url }) => externalLink(url) !== null).map((link) => ({ ...link, start: from + link.start }));
  });
}

/** The text in pieces: what is not a link, and links. */
export function textParts(text: string, links: readonly Link[]): (string | Link)[] {
  let end = 0;
  const parts = links.flatMap((link) => {
    const between = text.slice(end, link.start);
    end = link.start + link.text.length;
    return between === '' ? [link] : [between, link];
  });
  return end === text.length ? parts : [...parts, text.slice(end)];
}

const address = /(?:https?:\/\/|mailto:(?=[^\s@]+@))[^\s<>"|]+|[\w.+-]+@(?:[\w-]+\.)+[\p{L}\p{N}-]+/giu;

/** Small enough for the customers' page: http, https, mailto, and mail addresses alone. */
export function findLinks(text: string): Link[] {
  // No lookbehind: browsers that the page supports fail on it.
  const isWithinWord = (run: string, at: number) => /[\p{L}\p{N}_]/u.test(run.charAt(at - 1));
  const find = (run: string) =>
    [...run.matchAll(address)].flatMap(({ 0: found, index }) => (isWithinWord(run, index) ? [] : linkOf(found, index)));
  return linksBy(find, text);
}

function linkOf(found: string, start: number): Link {
  const text = withoutEnd(found);
  return { start, text, url: /^(?:https?|mailto):/i.test(text) ? text : `mailto:${text}` };
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Without what belongs to the sentence: its punctuation, and brackets that were opened before the address. */
function withoutEnd(found: string): string {
  const last = found.at(-1) ?? '';
  const opener = openers[last];
  const count = (sign: string) => found.split(sign).length;
  const isOfSentence = opener === undefined ? /[.,;:!?'*_~-]/.test(last) : count(opener) < count(last);
  return isOfSentence ? withoutEnd(found.slice(0, -1)) : found;
}
