import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import type { Keep } from '../session/keep';

/** Light, dark or as the system: kept where everything else of this page is kept. */
export function createColourSchemeManager(keep: Keep): MantineColorSchemeManager {
  return {
    get(fallback) {
      const kept = keep.read('theme');
      return isMantineColorScheme(kept) ? kept : fallback;
    },
    set: (scheme) => keep.write('theme', scheme),
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => keep.write('theme', null),
  };
}
