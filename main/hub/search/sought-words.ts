import Pinyin from 'pinyin-match';
import { excerptAround, fold, maySpell, spelledMax } from '../../../shared/search-words';

/** What matching a name's pinyin and making an excerpt cost, as the number of characters searched in the same time. */
const spellingCost = 16 * 1024;
const excerptCost = 32 * 1024;

export interface WordsFound {
  words: string[];
  /** Text around the first match in a message. */
  excerpt: string | null;
}

/**
 * Tracks which words of a search have been found in one conversation's texts. A word can't span two texts. The methods
 * yield the number of characters searched.
 */
export class SoughtWords {
  /** Text around the first match in a message. */
  excerpt: string | null = null;
  private readonly left: Set<string>;

  constructor(private readonly words: readonly string[]) {
    this.left = new Set(words);
  }

  get missing(): string[] {
    return [...this.left];
  }

  get found(): WordsFound {
    return { words: this.words.filter((word) => !this.left.has(word)), excerpt: this.excerpt };
  }

  *inName(name: string): Generator<number> {
    const folded = fold(name);
    for (const word of this.words) {
      if (folded.includes(word)) this.left.delete(word);
      else if (maySpell(word, name)) {
        if (isSpelled(word, name)) this.left.delete(word);
        yield spellingCost;
      }
    }
  }

  /** How to reach the customer: no excerpt quotes it. */
  *inContact(contact: string): Generator<number> {
    const folded = fold(contact);
    for (const word of this.words) if (folded.includes(word)) this.left.delete(word);
    yield contact.length;
  }

  *inText(text: string): Generator<number> {
    if (this.left.size === 0 && this.excerpt !== null) return;
    const folded = fold(text);
    const here = this.words.filter((word) => folded.includes(word));
    for (const word of here) this.left.delete(word);
    yield text.length;
    if (here.length === 0 || this.excerpt !== null) return;
    this.excerpt = excerptAround(text, here);
    yield excerptCost;
  }
}

/** Whether the word spells the name in pinyin: "wangfang" and "wf" match "王芳". */
export function isSpelled(word: string, name: string): boolean {
  return Pinyin.match(name.slice(0, spelledMax), word) !== false;
}
