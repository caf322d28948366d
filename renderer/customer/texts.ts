import type { ServedChatPage } from '../../shared/protocol/chat-page';
import type { Language } from '../../shared/protocol/fields';
import type { CustomerText } from '../../shared/text/customer-en';

/** What the page says in one language. */
export interface Texts {
  text: CustomerText;
  /** Of what the office has changed of the page. */
  revision: string;
  /** A style sheet with the office's colours. */
  styles: string;
  /** Where the picture beside the office's name is; null: there is none. */
  logo: string | null;
}

/** In a file for each language, so that a reader fetches only theirs, beside the office's own words. */
export interface TextsByLanguage {
  /** Undefined: it is not here yet. */
  of(language: Language): Texts | undefined;
  /** Fetches it, again too; rejects when it can't, and leaves what is here. */
  load(language: Language): Promise<Texts>;
}

export function createTexts(fetchPage: (language: Language) => Promise<ServedChatPage>): TextsByLanguage {
  const here: Partial<Record<Language, Texts>> = {};
  return {
    of: (language) => here[language],
    async load(language) {
      const page = fetchPage(language);
      const builtIn =
        language === 'zh'
          ? (await import('../../shared/text/customer-zh')).customerZh
          : (await import('../../shared/text/customer-en')).customerEn;
      const texts = inOfficesWords(builtIn, await page);
      here[language] = texts;
      return texts;
    },
  };
}

/** A sentence that does without the agent's name is also said where that is not known. */
export function inOfficesWords(builtIn: CustomerText, { words, ...others }: ServedChatPage): Texts {
  const text: Partial<Record<string, string>> = { ...builtIn, ...words };
  for (const [key, worded] of Object.entries(words)) if (!worded.includes('{agent}')) text[`${key}Unnamed`] = worded;
  return { ...others, text: text as CustomerText };
}
