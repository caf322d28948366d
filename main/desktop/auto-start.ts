import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from 'electron';

/** Whether the app starts when the user signs in to this computer. */
export interface AutoStart {
  read(): Promise<boolean>;
  write(on: boolean): Promise<void>;
}

export function createAutoStart(app: App, platform: NodeJS.Platform, appImage: string | undefined): AutoStart {
  if (platform === 'linux') {
    const program = appImage ? [appImage] : [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()])];
    return autoStartEntry(app.getPath('appData'), program);
  }
  return {
    read: async () => app.getLoginItemSettings().openAtLogin,
    write: async (on) => app.setLoginItemSettings({ openAtLogin: on }),
  };
}

/** A desktop entry in `configFolder`/autostart (freedesktop.org Autostart specification). */
export function autoStartEntry(configFolder: string, program: readonly string[]): AutoStart {
  const folder = join(configFolder, 'autostart');
  const file = join(folder, 'org.foyer.desktop.desktop');
  return {
    read: () =>
      stat(file).then(
        () => true,
        () => false,
      ),
    async write(on) {
      if (!on) return rm(file, { force: true });
      await mkdir(folder, { recursive: true });
      const command = program.map(quoted).join(' ');
      await writeFile(file, `[Desktop Entry]\nType=Application\nName=Foyer\nExec=${command}\nTerminal=false\n`);
    },
  };
}

/** By the quoting rules of the Desktop Entry specification's Exec key; a backslash is escaped once more as in any value. */
function quoted(argument: string): string {
  return `"${argument
    .replaceAll(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}
