import {
  type ChatPage,
  chatPageDefault,
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
  const { en, zh } = chatPage.words;
  return { words: { en: knownIn(en), zh: knownIn(zh) } };
}

function knownIn(words: Record<string, string>): OfficeWords[Language] {
  return Object.fromEntries(Object.entries(words).filter(([key, text]) => isSentence(key) && text !== ''));
}

/** Another one after each change that customers can see. */
export function chatPageRevision({ office, chatPage }: Config): string {
  return sha256(JSON.stringify([office?.name, chatPage])).slice(0, 16);
}

/** What the page gets in one language. */
export function servedChatPage(config: Config, language: Language): ServedChatPage {
  const { words } = chatPageOf(config);
  const name = config.office?.name ?? '';
  const said = Object.entries(words[language]).map(([key, text]) => [key, text.replaceAll('{office}', () => name)]);
  return { revision: chatPageRevision(config), words: Object.fromEntries(said) };
}
