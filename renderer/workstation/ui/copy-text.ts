import type { DesktopApi } from '../../../shared/desktop-api';

/** Copies; false when neither the desktop nor the browser can (a page on plain HTTP has no clipboard). */
export async function copyText(text: string, desktop: DesktopApi | null): Promise<boolean> {
  try {
    if (desktop) await desktop.call('clipboard.write', text);
    else if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else return false;
    return true;
  } catch {
    return false;
  }
}
