import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import type { ColourScheme, DesktopApi } from '../../../shared/desktop-api';
import type { PageStorage } from '../services/page-storage';

/** Light, dark or as the system: kept where everything else of this page is kept, and told to the desktop around it. */
export function createColourSchemeManager(storage: PageStorage, desktop: DesktopApi | null): MantineColorSchemeManager {
  // Without it the page looks as it should all the same.
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
