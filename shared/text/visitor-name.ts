import type { Language } from '../protocol/fields';

const visitor: Readonly<Record<Language, string>> = { en: 'Visitor', zh: '访客' };

/** The name shown for a customer without one, in the language of their page. */
export function visitorName(language: Language, customerId: string): string {
  return `${visitor[language]} ${customerId.slice(-4)}`;
}

export function isVisitorName(name: string, customerId: string): boolean {
  return name === visitorName('en', customerId) || name === visitorName('zh', customerId);
}
