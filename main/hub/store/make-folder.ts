import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { type Disk, errorCode, nodeDisk } from './disk';

/** Makes the data folder and its missing parents durably, before locking. Returns those it made, outermost first. */
export async function makeFolder(folder: string, disk: Pick<Disk, 'syncFolder'> = nodeDisk): Promise<string[]> {
  try {
    return await makeFolders(resolve(folder), disk);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Not mkdir's `recursive`, which never returns on a file system that answers ENOENT to every mkdir (/proc). */
async function makeFolders(folder: string, disk: Pick<Disk, 'syncFolder'>): Promise<string[]> {
  const make = async () => {
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      if (errorCode(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return [];
      throw error;
    }
    disk.syncFolder(dirname(folder));
    return [folder];
  };
  try {
    return await make();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    const above = await makeFolders(dirname(folder), disk);
    return [...above, ...(await make())];
  }
}

export function unwritable(folder: string, error: unknown): HubStartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new HubStartError('folderUnwritable', `The data folder ${folder} can't be written to: ${reason}`);
}
