import { type CustomerPage, pageTextMax } from '../../../shared/protocol/customer-profile';

/**
 * What may be kept of the page a customer writes from: what follows the path of its address may hold secrets. Undefined
 * when it is no page of the web.
 */
export function safePage({ title, url }: CustomerPage): CustomerPage | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return { title: title.trim().slice(0, pageTextMax), url: `${origin}${pathname}`.slice(0, pageTextMax) };
}
