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

/** A file handle, valid only for the disk that opened it. */
export type OpenFile = number;

/**
 * Every disk operation of the store, so that tests can fail each and simulate power loss between any two. Synchronous,
 * because it runs on its own thread: libuv's four threads are shared with scrypt, and four logins raised an append's
 * median from 0.5 to 515 ms (STORAGE.md). Every call throws as node:fs does.
 */
export interface Disk {
  /** `append` writes at the end; `create` makes a new file, mode 0600, and fails if it exists; `read` only reads. */
  open(path: string, how: 'append' | 'create' | 'read'): OpenFile;
  /** Writes the bytes from index `from` on; returns how many were written, possibly fewer than given. */
  write(file: OpenFile, bytes: Uint8Array, from: number): number;
  /** The file's bytes and length are durable when it returns. Must not be retried after a failure. */
  sync(file: OpenFile): void;
  truncate(file: OpenFile, bytes: number): void;
  close(file: OpenFile): void;
  /** Reads into `into` from position `at`; returns how many bytes, 0 at the end. */
  readAt(file: OpenFile, into: Uint8Array, at: number): number;
  /** Only for small files; growing ones are read in pieces (`readPieces`). */
  read(path: string): Buffer;
  /** A file's length. */
  bytes(path: string): number;
  /** Names, sorted. */
  list(folder: string): string[];
  /** Makes one level, mode 0700; no error if it exists. */
  makeFolder(folder: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes a folder with its content, or a file; no error if it is missing. */
  removeAll(path: string): void;
  /** New, renamed and removed names in the folder are durable when it returns. */
  syncFolder(folder: string): void;
  /** Free space on the disk that holds `path`, which must exist. */
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

/** Retries on Windows, where a virus scanner may hold the file for a moment. */
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

/** The error's code, such as `ENOSPC`, or an empty text. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Passing shortages of the process or system, which say nothing about the disk. */
const passingCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR']);

/**
 * Whether the disk refused an operation: any errno except `passingCodes`, but neither Node's own errors (`ERR_…`) nor
 * bugs in our code.
 */
export function isDiskError(error: unknown): boolean {
  const code = errorCode(error);
  return /^E(?!RR_)[A-Z0-9]+$/.test(code) && !passingCodes.has(code);
}
