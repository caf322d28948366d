import { join } from 'node:path';
import type { NativeTheme } from 'electron';
import * as z from 'zod';
import type { ColourScheme } from '../../shared/desktop-api';
import { colourScheme } from './call-arguments';
import { jsonFile } from './json-file';

/** Light, dark or system: for what the system draws of this app, and for the page until it has read its setting. */
export interface Appearance {
  /** Applies what was chosen before the app ended. */
  restore(): Promise<void>;
  write(scheme: ColourScheme): Promise<void>;
  settled(): Promise<void>;
}

export function createAppearance(folder: string, system: Pick<NativeTheme, 'themeSource'>): Appearance {
  const file = jsonFile(join(folder, 'appearance.json'), z.strictObject({ scheme: colourScheme }));
  let shown: ColourScheme = 'auto';
  const show = (scheme: ColourScheme) => {
    shown = scheme;
    system.themeSource = scheme === 'auto' ? 'system' : scheme;
  };
  return {
    async restore() {
      show((await file.read())?.scheme ?? 'auto');
    },
    async write(scheme) {
      if (scheme === shown) return;
      show(scheme);
      await file.write({ scheme });
    },
    settled: file.settled,
  };
}
