import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAppearance } from '../../main/desktop/appearance';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-appearance-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The app once more, in the same folder. */
async function startedIn(place: string) {
  const system = { themeSource: 'system' as 'system' | 'light' | 'dark' };
  const appearance = createAppearance(place, system);
  await appearance.restore();
  return { system, appearance };
}

it('is as the system at first, and as it was chosen after a restart', async () => {
  const first = await startedIn(folder);
  expect(first.system.themeSource).toBe('system');
  await first.appearance.write('dark');
  expect(first.system.themeSource).toBe('dark');
  const second = await startedIn(folder);
  expect(second.system.themeSource).toBe('dark');
  await second.appearance.write('auto');
  expect(second.system.themeSource).toBe('system');
  expect((await startedIn(folder)).system.themeSource).toBe('system');
});

it('is as the system where its file says nothing one can use', async () => {
  await writeFile(join(folder, 'appearance.json'), '{"scheme":"blue"}');
  expect((await startedIn(folder)).system.themeSource).toBe('system');
});
