import type { MessageView } from '../../../shared/protocol/views';
import { fold, searchWords } from '../../../shared/search-words';

/** The first message with the most of the query's words, in its text or its files' names; null: none has any. */
export function hitIn(messages: readonly MessageView[], query: string): number | null {
  const words = searchWords(query);
  let best = 0;
  let hit: number | null = null;
  for (const [at, { text, attachments = [] }] of messages.entries()) {
    const said = fold([text, ...attachments.map(({ name }) => name)].join('\n'));
    const count = words.filter((word) => said.includes(word)).length;
    if (count > best) [best, hit] = [count, at];
  }
  return hit;
}
