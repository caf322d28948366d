import type { Language } from './fields';

/** Where the customers' listener serves what the office has changed of the page, in one language. */
export function chatPagePath(language: Language): string {
  return `/chat-page.${language}.json`;
}

/** The inverse; null: another path. */
export function chatPageLanguage(path: string): Language | null {
  const language = /^\/chat-page\.(en|zh)\.json$/.exec(path)?.[1];
  return language === 'en' || language === 'zh' ? language : null;
}
