import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonFile } from '../../main/desktop/json-file';

describe("a small file of the desktop's own", () => {
  let folder: string;
  let path: string;
  const open = () => jsonFile(path, z.strictObject({ n: z.number() }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foyer-json-'));
    path = join(folder, 'deep', 'file.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('comes back as it was written, readable by its owner only', async () => {
    await open().write({ n: 1 });
    expect(await open().read()).toEqual({ n: 1 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('ends with the last of many writes, and leaves nothing beside it', async () => {
    const file = open();
    for (let n = 0; n < 20; n += 1) file.write({ n }).catch(() => {});
    await file.settled();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ n: 19 });
    expect(await readdir(join(folder, 'deep'))).toEqual(['file.json']);
  });

  it.each([
    ['no JSON', '{'],
    ['not of its shape', '{"n":"one"}'],
    ['empty', ''],
  ])('is nothing when it is %s', async (_name, contents) => {
    await open().write({ n: 1 });
    await writeFile(path, contents);
    expect(await open().read()).toBeNull();
  });

  it('is nothing before it is written and after it is removed', async () => {
    const file = open();
    expect(await file.read()).toBeNull();
    await file.write({ n: 1 });
    await file.remove();
    await file.remove();
    expect(await file.read()).toBeNull();
  });
});
