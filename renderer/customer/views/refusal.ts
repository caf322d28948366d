import { type CustomerTextKey, customerEn } from '../../../shared/text/customer-en';

/** The sentence for a refusal's code; one the page has no words for gets the general one. */
export function refusalKey(code: string): CustomerTextKey {
  const key = `refused.${code}`;
  return key in customerEn ? (key as CustomerTextKey) : 'refused.other';
}
