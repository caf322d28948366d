import { stylesOf } from '../../../shared/chat-page-styles';
import {
  type ChatPage,
  chatPageDefault,
  lookDefault,
  type OfficeWords,
  type ServedChatPage,
} from '../../../shared/protocol/chat-page';
import type { Language } from '../../../shared/protocol/fields';
import { isSentence } from '../../../shared/protocol/sentences';
import { sha256 } from '../system/sha256';
import type { Config } from './config';

/** With the defaults, without what this Foyer does not know. */
export function chatPageOf({ chatPage }: Pick<Config, 'chatPage'>): ChatPage {
  if (chatPage === null) return chatPageDefault;
  const { words, look = lookDefault } = chatPage;
  return { words: { en: knownIn(words.en), zh: knownIn(words.zh) }, look };
}

function knownIn(words: Record<string, string>): OfficeWords[Language] {
  return Object.fromEntries(Object.entries(words).filter(([key, text]) => isSentence(key) && text !== ''));
}

/** Another one after each change that customers can see. */
export function chatPageRevision({ office, chatPage }: Config): string {
  return sha256(JSON.stringify([office?.name, chatPage])).slice(0, 16);
}

/** As customers see it: with the office's name in its place. */
export function officesPage(config: Config): ChatPage {
  const { words, ...others } = chatPageOf(config);
  return { ...others, words: { en: named(words.en, config), zh: named(words.zh, config) } };
}

function named(words: OfficeWords[Language], { office }: Config): OfficeWords[Language] {
  const said = Object.entries(words).map(([key, text]) => [key, text.replaceAll('{office}', () => office?.name ?? '')]);
  return Object.fromEntries(said);
}

/** Another one for each picture, which is kept for good by whoever has it; null: there is none. */
export function logoPath(config: Pick<Config, 'chatPage'>): string | null {
  const { logo } = chatPageOf(config).look;
  return logo === null ? null : `/logo-${sha256(logo).slice(0, 16)}.png`;
}

/** What the page gets in one language. */
export function servedChatPage(config: Config, language: Language): ServedChatPage {
  const { words, look } = officesPage(config);
  return { revision: chatPageRevision(config), words: words[language], styles: stylesOf(look), logo: logoPath(config) };
}
