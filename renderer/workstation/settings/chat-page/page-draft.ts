import { type ChatPage, lookDefault } from '../../../../shared/protocol/chat-page';
import type { Language } from '../../../../shared/protocol/fields';
import { type SentenceKey, sentenceKeys, unknownVariableIn } from '../../../../shared/protocol/sentences';
import type { Settings } from '../../../../shared/routing/types';

export const pageLanguages: readonly Language[] = ['en', 'zh'];

/** The page as saved; with what a setting said before, in each language, where the office has no words yet. */
export function savedPage(page: ChatPage, { texts }: Settings): ChatPage {
  const former: Partial<Record<SentenceKey, string | null>> = {
    'line.redirected': texts.redirected,
    'closed.office': texts.outsideHours,
    'line.customerSilent': texts.silenceNotice,
  };
  const before = Object.fromEntries(Object.entries(former).flatMap(([key, text]) => (text ? [[key, text]] : [])));
  return { ...page, words: { en: { ...before, ...page.words.en }, zh: { ...before, ...page.words.zh } } };
}

export function withSentence(page: ChatPage, language: Language, key: SentenceKey, text: string): ChatPage {
  const { [key]: _before, ...others } = page.words[language];
  const words = text === '' ? others : { ...others, [key]: text };
  return { ...page, words: { ...page.words, [language]: words } };
}

/** How many things differ. */
export function changesCount(page: ChatPage, saved: ChatPage): number {
  const sentences = pageLanguages.flatMap((language) =>
    sentenceKeys.filter((key) => (page.words[language][key] ?? '').trim() !== (saved.words[language][key] ?? '')),
  );
  const isRecolored = page.look.color !== saved.look.color;
  const hasOtherLogo = page.look.logo !== saved.look.logo;
  const isMoved = JSON.stringify(page.look.launcher) !== JSON.stringify(saved.look.launcher);
  return sentences.length + Number(isRecolored) + Number(hasOtherLogo) + Number(isMoved);
}

/** The first thing in braces that means nothing where it stands; null: there is none. */
export function unknownVariable(page: ChatPage, language: Language, key: SentenceKey): string | null {
  return unknownVariableIn(key, page.words[language][key] ?? '');
}

export function isColor(color: string): boolean {
  return /^#[0-9a-f]{6}$/.test(color);
}

/** What can be drawn of it: a colour that is still being typed is none yet. */
export function drawable(page: ChatPage): ChatPage {
  return isColor(page.look.color) ? page : { ...page, look: { ...page.look, color: lookDefault.color } };
}
