import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** An open file: a number that only its disk understands. */
export type OpenFile = number;

/**
 * Every way in which the store touches a disk, so that a test can fail each of them and cut the power between any two.
 * Synchronous, because it is used on a thread of its own: libuv's four threads are shared with scrypt, and four logins
 * raised an append's median from 0.5 to 515 ms (STORAGE.md). Every call throws as node:fs does.
 */
export interface Disk {
  /** `append` writes at the end of a file that exists; `create` makes one that does not, mode 0600; `read` only reads. */
  open(path: string, how: 'append' | 'create' | 'read'): OpenFile;
  /** How many bytes from `from` on were taken: may be fewer than there are. */
  write(file: OpenFile, bytes: Uint8Array, from: number): number;
  /** The file's bytes and length are on disk when it returns. A failed one is never tried again. */
  sync(file: OpenFile): void;
  truncate(file: OpenFile, bytes: number): void;
  close(file: OpenFile): void;
  /** Fills `into` with what stands from `at` on; how many bytes, none at the end. */
  readAt(file: OpenFile, into: Uint8Array, at: number): number;
  /** For small files: what grows is read in pieces (`readPieces`). */
  read(path: string): Buffer;
  /** How long a file is. */
  bytes(path: string): number;
  /** Names, sorted. */
  list(folder: string): string[];
  /** One level, mode 0700; fine when it is there. */
  makeFolder(folder: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** A folder with everything in it, or a file; fine when it is not there. */
  removeAll(path: string): void;
  /** New, renamed and removed names in the folder are on disk when it returns. */
  syncFolder(folder: string): void;
  /** Of the disk that holds `path`, which must exist. */
  freeBytes(path: string): number;
}

const openFlags = { append: 'a', create: 'wx', read: 'r' } as const;

export const nodeDisk: Disk = {
  open: (path, how) => openSync(path, openFlags[how], 0o600),
  write: (file, bytes, from) => writeSync(file, bytes, from),
  sync: (file) => fdatasyncSync(file),
  truncate: (file, bytes) => ftruncateSync(file, bytes),
  close: (file) => closeSync(file),
  readAt: (file, into, at) => readSync(file, into, 0, into.length, at),
  read: (path) => readFileSync(path),
  bytes: (path) => statSync(path).size,
  list: (folder) => readdirSync(folder).sort(),
  makeFolder(folder) {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  },
  rename: renameWithPatience,
  remove: (path) => unlinkSync(path),
  removeAll: (path) => rmSync(path, { recursive: true, force: true }),
  syncFolder(folder) {
    // Windows can't sync a folder, and does not need to.
    if (process.platform === 'win32') return;
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  },
  freeBytes(path) {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
};

const patienceMs = 2_000;
const patienceStepMs = 50;

/** On Windows a virus scanner may hold the file for a moment. */
function renameWithPatience(from: string, to: string): void {
  for (let waitedMs = 0; ; waitedMs += patienceStepMs) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const busy = ['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error));
      if (process.platform !== 'win32' || !busy || waitedMs >= patienceMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patienceStepMs);
    }
  }
}

/** The system's name for what went wrong (`ENOSPC`), or an empty text. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** What the process has run out of for the moment says nothing about the disk. */
const passingCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR']);

/**
 * Whether the disk has turned something down: any errno but those that pass. Not one of Node's own (`ERR_…`), and not an
 * error of our code.
 */
export function isDiskError(error: unknown): boolean {
  const code = errorCode(error);
  return /^E(?!RR_)[A-Z0-9]+$/.test(code) && !passingCodes.has(code);
}
