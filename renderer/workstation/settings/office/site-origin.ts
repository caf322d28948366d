import { parsedUrl } from '../../../../shared/parsed-url';
import { site } from '../../../../shared/protocol/widget';

/** What a person types or pastes (`shop.example`, an address of a page) as a site; null: it is none. */
export function siteOrigin(typed: string): string | null {
  const text = typed.trim();
  // Not a character of a host name, so that it comes through `URL`.
  const whole = (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`).replace('://*.', '://any--name.');
  const parsed = text === '' ? null : parsedUrl(whole);
  if (!parsed) return null;
  const origin = parsed.origin.replace('://any--name.', '://*.');
  return site.safeParse(origin).success ? origin : null;
}
