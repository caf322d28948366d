const schemes = new Set(['http:', 'https:', 'mailto:']);

/** The address as the system's browser or mail program may be given it, or null: http, https and mailto only. */
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
