import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is only ever written at its end. */
export interface AppendFile {
  write(bytes: Uint8Array): Promise<void>;
  /** On disk when it resolves. A failed one is never tried again. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The store's way to the disk; tests hand in one that fails. */
export interface Disk {
  openAppend(path: string): Promise<AppendFile>;
}

export const nodeDisk: Disk = {
  async openAppend(path) {
    const handle = await open(path, 'a', 0o600);
    return {
      write: (bytes) => writeAll(handle, bytes),
      sync: () => handle.datasync(),
      close: () => handle.close(),
    };
  },
};

/** A write may be short, on a nearly full disk for example. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
    if (bytesWritten === 0) throw new Error('the disk took no more bytes');
    written += bytesWritten;
  }
}

/** Makes a rename or a new file in the folder durable. Windows can't sync a folder, and does not need to. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a file as a whole or not at all: temp file, all bytes, sync, read back, rename, folder. Mode 0600. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const temp = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temp, 'wx', 0o600);
  try {
    await writeAll(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    if (!bytes.equals(await readFile(temp))) throw new Error(`${path}: read back other bytes than were written`);
    await renameWithPatience(temp, path);
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

const patienceMs = 2_000;
const patienceStepMs = 50;

/** On Windows a virus scanner may hold the file for a moment. */
async function renameWithPatience(from: string, to: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += patienceStepMs) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const busy = code === 'EPERM' || code === 'EBUSY' || code === 'EACCES';
      if (process.platform !== 'win32' || !busy || waitedMs >= patienceMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, patienceStepMs));
    }
  }
}
