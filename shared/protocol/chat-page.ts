import * as z from 'zod';
import { utf8Length } from '../utf8-length';
import { sentenceMax } from './limits';
import { type SentenceKey, sentenceKeys, unknownVariableIn, variablesOf } from './sentences';

/** The customers' page, as the office words it. */

const wordsInOneLanguage = z
  .partialRecord(z.enum(sentenceKeys as [SentenceKey, ...SentenceKey[]]), z.string().trim().max(sentenceMax))
  .superRefine((words, context) => {
    for (const [key, text] of Object.entries(words) as [SentenceKey, string][]) {
      const unknown = unknownVariableIn(key, text);
      if (unknown === null) continue;
      const known = variablesOf(key).map((name) => `{${name}}`);
      const message = `${unknown} means nothing here: write ${known.join(' or ')}, or no braces`;
      context.addIssue({ code: 'custom', path: [key], message });
    }
  });

/** The office's sentences in each language of the page; one that is absent or empty is said as built in. */
export const officeWords = z.strictObject({ en: wordsInOneLanguage, zh: wordsInOneLanguage });

/** Of the whole page as JSON, in UTF-8, so that it fits a frame. */
export const chatPageBytesMax = 48 * 1024;

export const chatPage = z
  .strictObject({ words: officeWords })
  .refine(
    (page) => utf8Length(JSON.stringify(page)) <= chatPageBytesMax,
    'is too much in all: write shorter sentences',
  );

export type OfficeWords = z.infer<typeof officeWords>;
export type ChatPage = z.infer<typeof chatPage>;

export const chatPageDefault: ChatPage = { words: { en: {}, zh: {} } };

/** What the customers' listener serves at `chatPagePath`: all that the page needs of it, in one language. */
export interface ServedChatPage {
  /** Another one: the page has changed since. */
  revision: string;
  /** With the office's name in its place. */
  words: Partial<Record<SentenceKey, string>>;
}
