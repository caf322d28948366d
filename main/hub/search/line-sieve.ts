import { fold, isSamePhone, maySpell, phonesIn } from '../../../shared/search-words';
import type { Search } from './search';
import { isSpelled } from './sought-words';

/** JSON writes these in another way than they are. */
const escaped = /["\\\p{Cc}\p{Cs}]/u;

/**
 * A line of letters that fold to themselves but for their case: ASCII, Chinese characters and their punctuation. Wide
 * punctuation folds to that of ASCII.
 */
const isPlain = /^[\0-\x7f\u3001-\u3020\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*$/;
const wideBy = 0xfee0;

interface Sought {
  word: string;
  /** Finds it in a plain line. */
  inPlain: RegExp;
}

function soughtOf(word: string): Sought {
  // Punctuation may be wide in the line.
  const letters = [...word].map((each) => {
    const wide = String.fromCharCode(each.charCodeAt(0) + wideBy);
    return /[!-/:-@]/.test(each) ? `[\\${each}${wide}]` : each.replace(/[[\]^{|}]/, '\\$&');
  });
  return { word, inPlain: new RegExp(letters.join(''), 'i') };
}

/**
 * Rules out lines of the archive by their text, because reading a line as JSON and checking it costs many times as much
 * as a search in it. A text folds letter by letter, so a word that is in one of a line's texts is in the folded line.
 */
export class LineSieve {
  /** Words that stand in a line as they are. */
  private readonly words: readonly Sought[];
  /** Parts that stand in the line as JSON writes them. */
  private readonly parts: readonly string[];
  private readonly phone: string | null;

  constructor({ words, phone, customerId, tag, wrapUpCode }: Search) {
    this.phone = phone;
    this.words = words.filter((word) => !escaped.test(word)).map(soughtOf);
    this.parts = [customerId, tag, wrapUpCode].flatMap((each) => (each === undefined ? [] : JSON.stringify(each)));
  }

  /** False: the conversation of this line does not match. The line holds all of its conversation but its pages. */
  mayMatch(line: Buffer): boolean {
    if (!this.parts.every((part) => line.includes(part))) return false;
    if (this.words.length === 0) return true;
    const text = line.toString('utf8');
    // Words may be on the conversation's pages.
    if (text.includes('"earlier":{')) return true;
    if (this.phone !== null && contactsIn(text).some((known) => isSamePhone(known, this.phone ?? ''))) return true;
    const folded = isPlain.test(text) ? null : fold(text);
    let name: string | null = null;
    return this.words.every(({ word, inPlain }) => {
      if (folded === null ? inPlain.test(text) : folded.includes(word)) return true;
      name ??= nameIn(text);
      return name === null || (maySpell(word, name) && isSpelled(word, name));
    });
  }
}

const named =
  /"customer":(?:null|\{"customerId":"[^"\\]*","name":("(?:[^"\\]|\\.)*"),"language":"[a-z]*"(?:,"contact":"(?:[^"\\]|\\.)*")?\})/g;
const contact = /"contact":"((?:[^"\\]|\\.)*)"/g;
const jsonEscape = /\\(?:u[\da-f]{4}|.)/gi;

/** The phone numbers in the contacts that the line holds. */
function contactsIn(line: string): string[] {
  return [...line.matchAll(contact)].flatMap(([, text = '']) => phonesIn(text.replace(jsonEscape, ' ')));
}

/** The customer's name; empty: there is none; null: not found, as in a line that an earlier version wrote. */
function nameIn(line: string): string | null {
  const [last] = [...line.slice(line.lastIndexOf('"customer":')).matchAll(named)];
  if (!last) return null;
  return last[1] === undefined ? '' : String(JSON.parse(last[1]));
}
