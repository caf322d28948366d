import { fold, phoneDigitsMin, phonesIn } from '../../../shared/search-words';
import { type Search, type Searchable, textsOf } from './search';
import { type SpelledStarts, startOfWord } from './spelled-starts';

/**
 * A Bloom filter of one day's conversations: it says of a search that nothing in the day can match, and is sometimes
 * wrong when it says that something may. Its keys are hashes of the short pieces of every text, of what words that
 * spell its Chinese names begin with, and of what else conversations are looked for by. Whether a piece is a key
 * depends on the piece alone, so a text has every key that a part of it has.
 */

const bitsPerKey = 8;
const probes = 4;

/** Hashes of different kinds of key do not meet. */
const seeds = { text: 1, spelled: 2, customer: 3, tag: 4, wrapUp: 5, phone: 6 } as const;
type Kind = keyof typeof seeds;

/** FNV-1a, 32 bits. */
function hashOf(kind: Kind, text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5 ^ seeds[kind];
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Chinese and the like: from here on one letter says as much as three of an alphabet. */
const wideFrom = 0x2e80;
const space = 0x20;

/**
 * Letters of an alphabet in pieces of three and four, digits also of six, wide letters alone and in pairs; none over a
 * space. A day has nearly every four digits.
 */
function piecesOf(folded: string, take: (key: number) => void): void {
  let narrow = 0;
  let wide = 0;
  let digits = 0;
  for (let at = 0; at < folded.length; at += 1) {
    const unit = folded.charCodeAt(at);
    narrow = unit > space && unit < wideFrom ? narrow + 1 : 0;
    wide = unit >= wideFrom ? wide + 1 : 0;
    digits = unit >= 0x30 && unit <= 0x39 ? digits + 1 : 0;
    if (digits >= 6) take(hashOf('text', folded, at - 5, at + 1));
    if (narrow >= 3) take(hashOf('text', folded, at - 2, at + 1));
    if (narrow >= 4) take(hashOf('text', folded, at - 3, at + 1));
    if (wide >= 1) take(hashOf('text', folded, at, at + 1));
    if (wide >= 2) take(hashOf('text', folded, at - 1, at + 1));
  }
}

/** Two that are one number end alike. */
function phoneKey(phone: string): number {
  return hashOf('phone', phone, phone.length - phoneDigitsMin);
}

/** Words that are tried as pinyin. */
const mayBePinyin = /^[a-z]+$/;
const anyName = '*';

/** Collects a day's keys. */
export class DayKeys {
  private readonly keys = new Set<number>();

  constructor(private readonly starts: SpelledStarts) {}

  add({ customerId, customerName, contact, note, left, messages, tags, wrapUpCode }: Searchable): void {
    this.keys.add(hashOf('customer', customerId));
    for (const tag of tags) this.keys.add(hashOf('tag', tag));
    if (wrapUpCode !== null) this.keys.add(hashOf('wrapUp', wrapUpCode));
    this.addName(customerName);
    for (const each of [contact, left?.contact ?? '']) {
      this.addText(each);
      for (const phone of phonesIn(each)) this.keys.add(phoneKey(phone));
    }
    this.addText(note ?? '');
    for (const message of messages) for (const text of textsOf(message)) this.addText(text);
  }

  addText(text: string): void {
    piecesOf(fold(text), (key) => this.keys.add(key));
  }

  /** The filter's bits. */
  bits(): Uint8Array {
    const bits = new Uint8Array(Math.max(8, Math.ceil((this.keys.size * bitsPerKey) / 8)));
    for (const key of this.keys) for (const place of placesOf(key, bits)) bits[place >>> 3]! |= 1 << (place & 7);
    return bits;
  }

  private addName(name: string): void {
    this.addText(name);
    if (!/\p{Script=Han}/u.test(name)) return;
    for (const start of this.starts.of(name) ?? [anyName]) this.keys.add(hashOf('spelled', start));
  }
}

/** Where a key's bits are; the places differ from each other unless the filter is tiny. */
function* placesOf(key: number, bits: Uint8Array): Generator<number> {
  const step = (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 1) | 1;
  for (let probe = 0; probe < probes; probe += 1) yield (key + probe * step) % (bits.length * 8);
}

/** What a filter is asked by one search. */
export class SoughtKeys {
  private readonly words: { keys: number[]; spelled: number[] | 'any' | null }[];
  private readonly others: number[];
  private readonly phone: number | null;

  constructor({ words, phone, customerId, tag, wrapUpCode }: Search) {
    this.phone = phone === null ? null : phoneKey(phone);
    this.words = words.map((word) => {
      const keys: number[] = [];
      piecesOf(word, (key) => keys.push(key));
      return { keys, spelled: spelledKeys(word) };
    });
    this.others = [
      ...(customerId === undefined ? [] : [hashOf('customer', customerId)]),
      ...(tag === undefined ? [] : [hashOf('tag', tag)]),
      ...(wrapUpCode === undefined ? [] : [hashOf('wrapUp', wrapUpCode)]),
    ];
  }

  /** Such a search matches whatever there is. */
  get areNone(): boolean {
    return this.words.length === 0 && this.others.length === 0;
  }

  /** False: nothing in the day matches. */
  mayBeIn(bits: Uint8Array): boolean {
    const has = (key: number) => {
      for (const place of placesOf(key, bits)) if ((bits[place >>> 3]! & (1 << (place & 7))) === 0) return false;
      return true;
    };
    if (!this.others.every(has)) return false;
    if (this.phone !== null && has(this.phone)) return true;
    return this.words.every(({ keys, spelled }) => keys.every(has) || spelled === 'any' || spelled?.some(has));
  }
}

/** Null: the word spells no name. */
function spelledKeys(word: string): number[] | 'any' | null {
  if (!mayBePinyin.test(word)) return null;
  const start = startOfWord(word);
  return start === null ? 'any' : [hashOf('spelled', start), hashOf('spelled', anyName)];
}
