import * as z from 'zod';
import { withoutOverrides } from '../plain-line';
import { utf8Length } from '../utf8-length';
import { integerIn } from './fields';
import { launcherDistancePx, sentenceMax } from './limits';
import { isLogo, logoBytesMax, logoSideMax, logoTextMax } from './logo';
import { type SentenceKey, sentenceKeys, unknownVariableIn, variablesOf } from './sentences';

/** The customers' page, as the office words and colours it. */

const wordsInOneLanguage = z
  .partialRecord(
    z.enum(sentenceKeys as [SentenceKey, ...SentenceKey[]]),
    z.string().overwrite(withoutOverrides).trim().max(sentenceMax),
  )
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
const officeWords = z.strictObject({ en: wordsInOneLanguage, zh: wordsInOneLanguage });

/** What customers see beside the words. */
export const look = z.strictObject({
  /** Any colour; what is written on it and made of it reaches AA by computation (`themeColors`). */
  color: z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour like #0f766e, in small letters'),
  /** Beside the office's name: a PNG in base64 (`isLogo`). Null: none. */
  logo: z
    .string()
    .max(logoTextMax)
    .refine(isLogo, `must be a PNG of at most ${logoBytesMax} bytes and ${logoSideMax} pixels a side, in base64`)
    .nullable(),
  /** Where the button stands on the office's own site, with its distance from that side and from below. */
  launcher: z.strictObject({
    side: z.enum(['left', 'right']),
    sidePx: integerIn(launcherDistancePx),
    bottomPx: integerIn(launcherDistancePx),
  }),
});

/** Of the whole page as JSON, in UTF-8, so that it fits a frame. */
export const chatPageBytesMax = 48 * 1024;

export const chatPage = z
  .strictObject({ words: officeWords, look })
  .refine(
    (page) => utf8Length(JSON.stringify(page)) <= chatPageBytesMax,
    'is too much in all: write shorter sentences',
  );

export type OfficeWords = z.infer<typeof officeWords>;
export type Look = z.infer<typeof look>;
export type ChatPage = z.infer<typeof chatPage>;

export const lookDefault: Look = {
  color: '#0f766e',
  logo: null,
  launcher: { side: 'right', sidePx: 24, bottomPx: 24 },
};
export const chatPageDefault: ChatPage = { words: { en: {}, zh: {} }, look: lookDefault };

/** What the customers' listener serves at `chatPagePath`: all that the page needs of it, in one language. */
export interface ServedChatPage {
  /** Another one: the page has changed since. */
  revision: string;
  /** With the office's name in its place. */
  words: Partial<Record<SentenceKey, string>>;
  /** The office's colours as a style sheet; empty: as built in. */
  styles: string;
  /** The path of the picture beside the office's name; null: none. */
  logo: string | null;
}
