import { cutText } from '../../../shared/cut-text';
import { parsedUrl } from '../../../shared/parsed-url';
import { type CustomerPage, pageTextMax } from '../../../shared/protocol/customer-profile';

/**
 * Strips the page that a customer writes from to what may be kept: a query or fragment may hold secrets. Undefined when
 * it is not a web page.
 */
export function safePage({ title, url }: CustomerPage): CustomerPage | undefined {
  const parsed = parsedUrl(url);
  if (!parsed) return undefined;
  const { protocol, origin, pathname } = parsed;
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return { title: cutText(title.trim(), pageTextMax), url: `${origin}${pathname}`.slice(0, pageTextMax) };
}
