import type { MessageView } from '../../../shared/protocol/views';
import { fold, searchWords } from '../../../shared/search-words';

/** The places of the messages with the most of the query's words, in their text or their files' names. */
export function hitsIn(messages: readonly MessageView[], query: string): number[] {
  const words = searchWords(query);
  let best = 1;
  let hits: number[] = [];
  if (words.length === 0) return hits;
  for (const [at, { text, attachments = [] }] of messages.entries()) {
    const said = fold([text, ...attachments.map(({ name }) => name)].join('\n'));
    const count = words.filter((word) => said.includes(word)).length;
    if (count < best) continue;
    if (count > best) [best, hits] = [count, []];
    hits.push(at);
  }
  return hits;
}
