import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';

/** By the system's own dialog; the name is only a proposal, without any path in it. */
export async function saveFile(name: string, bytes: Uint8Array): Promise<boolean> {
  const defaultPath = join(app.getPath('downloads'), name.replace(/[\\/:]/g, '_'));
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath });
  if (canceled || !filePath) return false;
  await writeFile(filePath, bytes);
  return true;
}
