import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../../scripts/lib/content-hash.mjs';

describe('the hash that decides whether to build', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foyer-hash-'));
    await mkdir(join(folder, 'src/deep'), { recursive: true });
    await writeFile(join(folder, 'src/deep/a.ts'), 'a');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('stays the same for the same files', async () => {
    expect(await contentHash(folder, ['src'])).toBe(await contentHash(folder, ['src']));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['changed contents', () => writeFile(join(folder, 'src/deep/a.ts'), 'b')],
    ['a new file', () => writeFile(join(folder, 'src/b.ts'), '')],
    ['another name', () => rename(join(folder, 'src/deep/a.ts'), join(folder, 'src/deep/b.ts'))],
    ['a removed folder', () => rm(join(folder, 'src'), { recursive: true })],
  ])('differs after %s', async (_name, change) => {
    const before = await contentHash(folder, ['src']);
    await change();
    expect(await contentHash(folder, ['src'])).not.toBe(before);
  });
});
