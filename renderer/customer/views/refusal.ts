import { type CustomerTextKey, customerEn } from '../../../shared/text/customer-en';

/** The sentence for a refusal's code; a general one for codes that the page has no text for. */
export function refusalKey(code: string): CustomerTextKey {
  const key = `refused.${code}`;
  return key in customerEn ? (key as CustomerTextKey) : 'refused.other';
}
