import Pinyin from 'pinyin-match';
import { fold, maySpell, spelledMax } from '../../../shared/search-words';

/** Matches if the text contains every word of the query, also within words: Chinese has no word breaks. */
export function createMatcher(query: string): (text: string) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return (text) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
}

/** The same for names and labels, which also match by pinyin: "wangfang" and "wf" find "王芳". */
export function createNameMatcher(query: string): (name: string) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return (name) => {
    const folded = fold(name);
    return words.every(
      (word) =>
        folded.includes(word) || (maySpell(word, folded) && Pinyin.match(folded.slice(0, spelledMax), word) !== false),
    );
  };
}

const beforeMatch = 16;

/** The text in one line, from shortly before the first word of the query. */
export function excerpt(text: string, query: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const [word = ''] = fold(query).split(/\s+/).filter(Boolean);
  const at = fold(line).indexOf(word);
  return at > beforeMatch ? `…${line.slice(at - beforeMatch).trimStart()}` : line;
}
