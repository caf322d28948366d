import { dialog } from 'electron';

/** Asks by a dialog of the system. */
export async function pickBackup(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openFile'],
    filters: [{ name: 'Foyer', extensions: ['gz', 'enc'] }],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
