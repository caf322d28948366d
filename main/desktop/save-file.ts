import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Log } from '../hub/ports';
import { markPorts, markReceived } from './mark-received';

/** Asks by the system's dialog; `name` is a proposal and must contain no path. */
export async function saveFile(name: string, bytes: Uint8Array, log: Log): Promise<boolean> {
  const defaultPath = join(app.getPath('downloads'), name.replace(/[\\/:]/g, '_'));
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath });
  if (canceled || !filePath) return false;
  await writeFile(filePath, bytes);
  await markReceived(filePath, process.platform, Date.now(), markPorts).catch((error: Error) =>
    log.warn('file.notMarked', { message: error.message }),
  );
  return true;
}
