import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { autoStartEntry } from '../../main/desktop/auto-start';
import { temporaryFolder } from '../support/folder';

it('starts with the computer by an entry of its own, and no more once that is gone', async () => {
  const folder = temporaryFolder();
  const autoStart = autoStartEntry(folder, ['/opt/My "Apps"/100%/foyer', '.']);
  expect(await autoStart.read()).toBe(false);
  await autoStart.write(false);

  await autoStart.write(true);
  expect(await autoStart.read()).toBe(true);
  const entry = await readFile(join(folder, 'autostart', 'org.foyer.desktop.desktop'), 'utf8');
  expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/);
  expect(entry).toContain(String.raw`Exec="/opt/My \\"Apps\\"/100%%/foyer" "."`);

  await autoStart.write(false);
  expect(await autoStart.read()).toBe(false);
});
