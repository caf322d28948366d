import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import type { ColourScheme, DesktopApi } from '../../../shared/desktop-api';
import type { PageStorage } from '../services/page-storage';

/** Keeps light, dark or system in the page's storage, and passes it on to the desktop app. */
export function createColourSchemeManager(storage: PageStorage, desktop: DesktopApi | null): MantineColorSchemeManager {
  // A failure affects only what the system draws, not the page.
  const tell = (scheme: ColourScheme) => void desktop?.call('appearance.write', scheme).catch(() => {});
  const get = (fallback: ColourScheme) => {
    const kept = storage.read('theme');
    return isMantineColorScheme(kept) ? kept : fallback;
  };
  tell(get('auto'));
  return {
    get,
    set(scheme) {
      storage.write('theme', scheme);
      tell(scheme);
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear() {
      storage.write('theme', null);
      tell('auto');
    },
  };
}
