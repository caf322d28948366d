import { externalLink } from '../../shared/external-link';
import type { Question } from './ports';
import type { desktopText } from './tray-menu';

interface LinkPorts {
  /** The system's browser or mail program. */
  open(link: string): Promise<void>;
  confirm(question: Question): Promise<boolean>;
}

/**
 * The only place that opens anything outside of Foyer, after the user has confirmed the real address. False if the
 * address may not be opened.
 */
export async function openLink(
  address: string,
  text: ReturnType<typeof desktopText>,
  { open, confirm }: LinkPorts,
): Promise<boolean> {
  const link = externalLink(address);
  if (link === null) return false;
  const { host, pathname, protocol } = new URL(link);
  const title = text['link.title'].replace('{host}', () => (protocol === 'mailto:' ? pathname : host));
  if (await confirm({ title, body: link, go: text['link.go'], stay: text['link.stay'] })) await open(link);
  return true;
}
