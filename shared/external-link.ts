const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The address if it may be opened by the system (http, https, mailto), else null. */
export function externalLink(address: string): string | null {
  if (address.length > 2_048) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol)) return null;
  // `https://bank.example@evil.example` reads like another host than it goes to.
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}
