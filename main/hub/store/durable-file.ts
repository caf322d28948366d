import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Disk, errorCode, type OpenFile } from './disk';
import { inPieces, sumOfFile } from './file-pieces';

/** Loops until all bytes are written, because a write may be short, for example on a nearly full disk. */
export function writeAll(disk: Disk, file: OpenFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    const taken = disk.write(file, bytes, written);
    if (taken === 0) throw Object.assign(new Error('the disk took no more bytes'), { code: 'ENOSPC' });
    written += taken;
  }
}

/** A sync of the journal may wait for everything that the disk still has to write, so never for more than this. */
const unsyncedBytesMax = 4 * 1024 ** 2;

/** Writes a file of any length; syncs it every few MiB, and leaves the last sync to the caller. */
export function pacedWriter(disk: Disk, file: OpenFile): (bytes: Uint8Array) => void {
  let unsyncedBytes = 0;
  return (bytes) => {
    writeAll(disk, file, bytes);
    unsyncedBytes += bytes.length;
    if (unsyncedBytes < unsyncedBytesMax) return;
    disk.sync(file);
    unsyncedBytes = 0;
  };
}

/** Null when there is no such file. */
export function readIfThere(disk: Disk, path: string): Buffer | null {
  try {
    return disk.read(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

export function isThere(disk: Disk, path: string): boolean {
  try {
    disk.bytes(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** False when there is no such file. */
export function removeIfThere(disk: Disk, path: string): boolean {
  try {
    disk.remove(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

export function listIfThere(disk: Disk, folder: string): string[] {
  try {
    return disk.list(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Text or bytes, whole or as a sequence of pieces of any length. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Puts a file in place whole, for readers; after a loss of power it may be there in part, until it is synced. */
export function placeFile(disk: Disk, path: string, content: string): void {
  const temp = freeName(disk, dirname(path), '.tmp');
  const file = disk.open(temp, 'create');
  try {
    writeAll(disk, file, Buffer.from(content, 'utf8'));
  } catch (error) {
    removeIfPossible(disk, temp);
    throw error;
  } finally {
    disk.close(file);
  }
  disk.rename(temp, path);
}

/** Makes a file's content durable that was placed before; its name is durable with its folder. */
export function syncFile(disk: Disk, path: string): void {
  const file = disk.open(path, 'append');
  try {
    disk.sync(file);
  } finally {
    disk.close(file);
  }
}

/** Creates a file with this content and syncs it. */
export function createFile(disk: Disk, path: string, content: Content): { bytes: number; sum: string } {
  const file = disk.open(path, 'create');
  const write = pacedWriter(disk, file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (const piece of inPieces(content)) {
      write(piece);
      hash.update(piece);
      bytes += piece.length;
    }
    disk.sync(file);
  } finally {
    disk.close(file);
  }
  return { bytes, sum: hash.digest('hex') };
}

/** Writes the content to a temporary file beside `path`, synced and verified by reading it back. */
export function writeBeside(disk: Disk, path: string, content: Content): { temp: string; bytes: number } {
  const temp = freeName(disk, dirname(path), '.tmp');
  try {
    const { bytes, sum } = createFile(disk, temp, content);
    if (sumOfFile(disk, temp) !== sum)
      throw Object.assign(new Error(`${path}: read back other bytes than were written`), { code: 'EIO' });
    return { temp, bytes };
  } catch (error) {
    // A partial file would take room on a full disk.
    removeIfPossible(disk, temp);
    throw error;
  }
}

function removeIfPossible(disk: Disk, path: string): void {
  try {
    disk.remove(path);
  } catch {
    // The next start moves it to quarantine.
  }
}

/** Replaces a file atomically: writes, syncs and verifies a temporary file, renames it, and syncs the folder. */
export function replaceFile(disk: Disk, path: string, content: Content): void {
  putInPlace(disk, writeBeside(disk, path, content).temp, path);
}

/** The second half of `replaceFile`. */
export function putInPlace(disk: Disk, temp: string, path: string): void {
  disk.rename(temp, path);
  disk.syncFolder(dirname(path));
}

/** Moves a file to quarantine, for a person to look at. */
export function quarantine(disk: Disk, folder: string, name: string): void {
  disk.rename(join(folder, name), quarantineName(disk, folder, name));
  disk.syncFolder(join(folder, 'quarantine'));
  disk.syncFolder(dirname(join(folder, name)));
}

/** Keeps a copy of a file's content in quarantine before it is changed. */
export function quarantineCopy(disk: Disk, folder: string, name: string, content: Content): void {
  createFile(disk, quarantineName(disk, folder, name), content);
  disk.syncFolder(join(folder, 'quarantine'));
}

function quarantineName(disk: Disk, folder: string, name: string): string {
  const aside = join(folder, 'quarantine');
  disk.makeFolder(aside);
  disk.syncFolder(folder);
  return freeName(disk, aside, name.replace(/^\./, '').replaceAll('/', '-'));
}

/** `name`, or `name` with the first free number. Free of races, because one thread owns the folder. */
function freeName(disk: Disk, folder: string, name: string): string {
  const taken = new Set(disk.list(folder));
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}.${number}`;
    if (!taken.has(free)) return join(folder, free);
  }
}
