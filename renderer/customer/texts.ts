import type { Language } from '../../shared/protocol/fields';
import type { CustomerText } from '../../shared/text/customer-en';

/** The page's texts, in a file for each language, so that a reader fetches only theirs. */
export interface Texts {
  /** Undefined: it is not here yet. */
  of(language: Language): CustomerText | undefined;
  /** Rejects when it cannot be fetched; a later call tries again. */
  load(language: Language): Promise<CustomerText>;
}

export function createTexts(): Texts {
  const here: Partial<Record<Language, CustomerText>> = {};
  return {
    of: (language) => here[language],
    async load(language) {
      here[language] ??=
        language === 'zh'
          ? (await import('../../shared/text/customer-zh')).customerZh
          : (await import('../../shared/text/customer-en')).customerEn;
      return here[language];
    },
  };
}
