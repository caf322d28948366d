import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { HubStartError } from '../hub-start-error';
import { keepToOwner, readOwn } from './own-folder';

const lockFile = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from a later one with the same pid; null where the system does not provide it. */
  processStarted: z.string().nullable(),
  /** Set once the hub listens: the address and secret with which its own command line connects. */
  agentUrl: z.string().nullable(),
  localSecret: z.string().nullable(),
});
export type LockFile = z.infer<typeof lockFile>;

const lockName = 'LOCK';
/** In the place of the start of a process that has ended: equal to no other. */
const ended = 'ended';

export interface FolderLock {
  publish(agentUrl: string, localSecret: string): Promise<void>;
  release(): Promise<void>;
}

/** One hub per folder, for the life of the process. A lock left behind by a killed process is taken over. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await keepToOwner(folder);
  const path = join(folder, lockName);
  const own: LockFile = {
    pid: process.pid,
    processStarted: await processStarted(process.pid),
    agentUrl: null,
    localSecret: null,
  };
  for (;;) {
    if (await createLock(path, own)) break;
    const found = await readOwn(folder, lockName);
    if (found === null) continue;
    const holder = parseLock(found);
    if (holder && (await isAlive(holder))) throw locked(folder, holder.pid);
    await removeStale(path, found, folder);
  }
  return {
    async publish(agentUrl, localSecret) {
      // Renamed, so that a reader never sees a partial file; not synced, because it is meaningless after power loss.
      const whole = `${path}.${randomBytes(6).toString('hex')}.tmp`;
      await writeFile(whole, JSON.stringify({ ...own, agentUrl, localSecret }), { flag: 'wx', mode: 0o600 });
      await rename(whole, path);
    },
    release: () => unlink(path).catch(() => undefined),
  };
}

/** The folder's current holder, or null. Rejects with a `HubStartError` when another user may have written the lock. */
export async function readLock(folder: string): Promise<LockFile | null> {
  // A passphrase may be sent to the address in it, so the file must be our own.
  const text = await readOwn(folder, lockName);
  const holder = text === null ? null : parseLock(text);
  return holder && (await isAlive(holder)) ? holder : null;
}

async function createLock(path: string, own: LockFile): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(own));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Renames first, so that only one of two processes proceeds, then checks that it renamed the lock it found stale. */
async function removeStale(path: string, found: string, folder: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.stale`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const renamed = await readText(aside);
  if (renamed === found) return unlink(aside);
  await rename(aside, path);
  throw locked(folder, parseLock(renamed ?? '')?.pid ?? 0);
}

function locked(folder: string, pid: number): HubStartError {
  const message = `Another hub (process ${pid}) is using ${folder}. Stop it first, or choose another data folder.`;
  return new HubStartError('folderLocked', message);
}

function parseLock(text: string): LockFile | null {
  try {
    const parsed = lockFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

async function isAlive(holder: LockFile): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = await processStarted(holder.pid);
  if (started === ended) return false;
  return started === null || holder.processStarted === null || started === holder.processStarted;
}

/** A text that differs between two processes with the same pid, or null. */
async function processStarted(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readText(`/proc/${pid}/stat`);
    const boot = await readText('/proc/sys/kernel/random/boot_id');
    // The start time is the 20th field after the command's name, which may hold spaces and brackets.
    const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    const start = fields[18];
    // One that has ended stays listed until its parent asks for it, which nobody may do once that has ended too.
    if (state === 'Z') return ended;
    return start === undefined || boot === null ? null : `${boot.trim()}:${start}`;
  }
  const [file, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
  return new Promise((resolve) => {
    execFile(file as string, args as string[], { timeout: 5_000, windowsHide: true }, (error, stdout) =>
      resolve(error ? null : stdout.trim() || null),
    );
  });
}
