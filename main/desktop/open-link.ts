import { shell } from 'electron';
import { externalLink } from './external-link';

/** The one place from which anything outside of Foyer is opened. False when the address is not one to open. */
export async function openLink(address: string): Promise<boolean> {
  const link = externalLink(address);
  if (link === null) return false;
  await shell.openExternal(link);
  return true;
}
