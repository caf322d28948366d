const characters = new Intl.Segmenter('en');

/** At most `max` UTF-16 code units of the text, ending with a whole character: no part of an emoji is left. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = characters.segment(text).containing(max)?.index ?? max;
  // A letter with hundreds of marks may be longer than all there is room for.
  return end > 0 ? text.slice(0, end) : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}
