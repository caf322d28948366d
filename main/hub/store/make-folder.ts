import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HubStartError } from '../ports';

/** The data folder, before anybody can lock it. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeFolders(resolve(folder));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Not mkdir's own `recursive`: where a file system answers ENOENT to every mkdir (/proc) that never returns. */
async function makeFolders(folder: string): Promise<void> {
  const make = async () => {
    await mkdir(folder, { mode: 0o700 }).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
    });
  };
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await make();
  }
}

export function unwritable(folder: string, error: unknown): HubStartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new HubStartError('folderUnwritable', `The data folder ${folder} can't be written to: ${reason}`);
}
