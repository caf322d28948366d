import { externalLink } from './external-link';
import type { Question } from './ports';
import type { desktopText } from './tray-menu';

interface LinkPorts {
  /** The system's browser or mail program. */
  open(link: string): Promise<void>;
  confirm(question: Question): Promise<boolean>;
}

/**
 * The one place from which anything outside of Foyer is opened, after the person has seen where it really goes. False
 * when the address is not one to open.
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
