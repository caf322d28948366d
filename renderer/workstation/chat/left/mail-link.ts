/** What the desktop opens at most (`external-link.ts`). */
const linkLengthMax = 2_048;
const address = /[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]+/;

/** A mail to the first address in a customer's contact, quoting what they wrote; null: there is no address. */
export function mailLink(contact: string, subject: string, text: string): string | null {
  const [to] = contact.match(address) ?? [];
  if (to === undefined) return null;
  const start = `mailto:${encodeURI(to)}?subject=${encodeURIComponent(subject)}&body=`;
  let body = encodeURIComponent('\r\n\r\n');
  for (const line of text.split('\n')) {
    const quoted = encodeURIComponent(`> ${line.replace(/\p{Surrogate}/gu, '\ufffd')}\r\n`);
    if (start.length + body.length + quoted.length > linkLengthMax) break;
    body += quoted;
  }
  return start + body;
}
