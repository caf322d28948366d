import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { errorCode } from './disk';

/** Null on Windows, which has no such owners and modes; a folder there inherits its parent's permissions. */
const ownerOf = process.platform === 'win32' ? null : () => process.getuid!();

/**
 * Makes the data folder private to its user: closes it to others, and refuses files others put there. Rejects with a
 * `HubStartError`.
 */
export async function keepToOwner(folder: string): Promise<void> {
  if (!ownerOf) return;
  const { uid, mode } = await stat(folder);
  if (!isTrusted(uid, uid))
    throw unsafe(
      `${folder} belongs to another user. Run the hub as that user, or give the folder to this one (chown).`,
    );
  for (const name of await readdir(folder)) await checkOwner(join(folder, name), uid);
  if ((mode & 0o077) === 0) return;
  await closeToOthers(folder);
  await closeContents(folder, uid);
}

/** Restricts the folder to its owner, which protects the files in it whatever their modes. */
export async function closeToOthers(folder: string): Promise<void> {
  if (ownerOf) await close(folder, 0o700);
}

async function closeContents(folder: string, owner: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await checkOwner(path, owner);
    if (found?.isDirectory()) await closeContents(path, owner);
    if (found?.isDirectory()) await close(path, 0o700);
    else if (found?.isFile()) await close(path, 0o600);
  }
}

async function close(path: string, mode: number): Promise<void> {
  await chmod(path, mode).catch((error) => {
    throw unsafe(
      `Others can open ${path}, and that can't be changed (${errorCode(error)}). Choose a folder on another disk.`,
    );
  });
}

/** Null when the file is gone meanwhile. */
async function checkOwner(path: string, owner: number) {
  const found = await lstat(path).catch((error) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found && !isTrusted(found.uid, owner)) throw notOwn(path);
  return found;
}

/** Reads a file written by this user, refusing links and files others can write. Null when there is none. */
export async function readOwn(folder: string, name: string): Promise<string | null> {
  const path = join(folder, name);
  // Windows does not have the flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw errorCode(error) === 'ELOOP' ? notOwn(path) : error;
  });
  if (!file) return null;
  try {
    const { uid, mode } = await file.stat();
    const owner = ownerOf && (await stat(folder)).uid;
    if (owner !== null && (!isTrusted(uid, owner) || (mode & 0o022) !== 0)) throw notOwn(path);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Root may run on another user's folder; files by that user are then trusted too. */
function isTrusted(uid: number, folderOwner: number): boolean {
  const own = ownerOf!();
  return uid === own || (own === 0 && uid === folderOwner);
}

function notOwn(path: string): HubStartError {
  return unsafe(
    `${path} was not put there by this hub: another user can write it, or it is a link. Look at it, and remove it if nobody knows it.`,
  );
}

function unsafe(message: string): HubStartError {
  return new HubStartError('folderUnsafe', message);
}
