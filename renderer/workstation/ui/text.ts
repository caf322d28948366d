import { createInstance, type i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isolated } from '../../../shared/plain-line';
import type { Language } from '../../../shared/protocol/fields';
import { type Text, workstationEn, workstationZh } from '../../../shared/text/workstation-text';

/** An i18next instance of its own, never the library's global one. */
export function createWords(language: Language): i18n {
  const words = createInstance();
  void words.init({
    lng: language,
    fallbackLng: false,
    resources: { en: { translation: workstationEn }, zh: { translation: workstationZh } },
    // The keys are flat and contain dots.
    keySeparator: false,
    nsSeparator: false,
    // React escapes HTML. `isolated` keeps a right-to-left value from turning the rest of a sentence.
    interpolation: { escape: isolated, prefix: '{', suffix: '}', skipOnVariables: true },
    initAsync: false,
    react: { useSuspense: false },
  });
  return words;
}

export function useText(): Text {
  const { t } = useTranslation();
  return t as unknown as Text;
}

export function useLanguage(): { language: Language; setLanguage: (language: Language) => void } {
  const { i18n } = useTranslation();
  return {
    language: i18n.language === 'zh' ? 'zh' : 'en',
    setLanguage: (language) => void i18n.changeLanguage(language),
  };
}

export function firstLanguage(kept: string | null, preferred: readonly string[]): Language {
  if (kept === 'en' || kept === 'zh') return kept;
  return preferred[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
