import { isolated } from '../../../shared/plain-line';
import { type CustomerLaterKey, customerLaterEn } from '../../../shared/text/customer-later-en';
import { customerLaterZh } from '../../../shared/text/customer-later-zh';
import type { Words } from '../words';

/** What the parts that are fetched later say, in the language of the page. */
export type Say = (key: CustomerLaterKey, values?: Readonly<Record<string, string | number>>) => string;

export function laterWords({ language }: Words): Say {
  const text = language === 'zh' ? customerLaterZh : customerLaterEn;
  return (key, values = {}) =>
    text[key].replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}
