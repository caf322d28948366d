/** Case, width and accents make no difference: "amelie" finds "Amélie", "ａｂｃ" finds "abc". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Every word of the query stands somewhere in the text. Parts of words count, so Chinese needs no word breaks. */
export function createMatcher(query: string): (text: string) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return (text) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
}

const beforeMatch = 16;

/** The text in one line, from shortly before where the query's first word stands. */
export function excerpt(text: string, query: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const [word = ''] = fold(query).split(/\s+/).filter(Boolean);
  const at = fold(line).indexOf(word);
  return at > beforeMatch ? `…${line.slice(at - beforeMatch).trimStart()}` : line;
}
