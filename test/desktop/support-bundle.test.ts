import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { expect, it } from 'vitest';
import { makeSupportBundle } from '../../main/desktop/support-bundle';
import { temporaryFolder } from '../support/folder';

it('packs the log and what this machine is, and nothing beside the log', async () => {
  const folder = temporaryFolder();
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  writeFileSync(join(logs, 'foyer.log'), '{"event":"app.started"}\n');
  writeFileSync(join(folder, 'profile.json'), '{"token":"secret"}');

  const file = join(folder, 'bundle.tar.gz');
  writeFileSync(file, await makeSupportBundle(logs, { version: '1.2.3' }));
  const names: string[] = [];
  tar.list({ file, sync: true, onReadEntry: ({ path, type }) => type === 'File' && names.push(path) });
  expect(names.sort()).toEqual(['foyer-support/about.json', 'foyer-support/foyer.log']);
  tar.extract({ file, cwd: folder, sync: true });
  expect(readFileSync(join(folder, 'foyer-support', 'foyer.log'), 'utf8')).toBe('{"event":"app.started"}\n');
  expect(JSON.parse(readFileSync(join(folder, 'foyer-support', 'about.json'), 'utf8'))).toEqual({ version: '1.2.3' });
});

it('makes one before anything was logged', async () => {
  expect((await makeSupportBundle(join(temporaryFolder(), 'logs'), {})).byteLength).toBeGreaterThan(100);
});
