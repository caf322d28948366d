import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One hash over the names and contents of files and folders (given relative to `base`); what is missing counts too. */
export async function contentHash(base, names) {
  const hash = createHash('sha256');
  for (const name of names) await add(hash, base, name);
  return hash.digest('hex');
}

async function add(hash, base, name) {
  const path = join(base, name);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    hash.update(`${name}\0missing\0`);
  } else if (found.isDirectory()) {
    for (const entry of (await readdir(path)).sort()) await add(hash, base, `${name}/${entry}`);
  } else {
    hash
      .update(`${name}\0`)
      .update(await readFile(path))
      .update('\0');
  }
}
