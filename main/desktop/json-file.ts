import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/**
 * A small file of this desktop (window place, profile). Written under another name and renamed, readable by its owner
 * only. Reads null if it cannot be read or does not fit the schema: such a file is a convenience, not a record.
 */
export interface JsonFile<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
  /** Resolves when all writes so far are on disk or have failed. */
  settled(): Promise<void>;
}

export function jsonFile<T>(path: string, schema: z.ZodType<T>): JsonFile<T> {
  // One write after the other, in the order of the calls.
  let last: Promise<void> = Promise.resolve();
  const queue = (job: () => Promise<void>) => {
    const next = last.then(job, job);
    last = next;
    return next;
  };
  return {
    async read() {
      try {
        await last.catch(() => {});
        const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
    write: (value) => queue(() => replaceFile(path, `${JSON.stringify(value, null, 2)}\n`)),
    remove: () => queue(() => rm(path, { force: true })),
    settled: () => last.catch(() => {}),
  };
}

/** Writes a file whole or not at all, mode 0600. */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeSynced(temporary, contents);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** `writeFile` has an option for this since Node 20.10, but older versions ignore it silently. */
async function writeSynced(path: string, contents: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
}
