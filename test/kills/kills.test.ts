import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder';
import { bundleCli } from '../support/headless';
import { runKills } from './kill-run';

let built = '';
let cli = '';
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'foyer-kills-'));
  cli = await bundleCli(built);
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

test('killed again and again under a dozen writers, a real hub keeps what it acknowledged, once and in order', async () => {
  const data = join(temporaryFolder(), 'data');
  const setup = { cli, data, kills: 3, customers: 10, agents: 2, seed: 7 };
  const result = await runKills(setup, () => undefined);
  expect(result.problems).toEqual([]);
  expect(result.acked).toBeGreaterThan(20);
  // A dozen clients and five starts of a process, on a machine that may be busy.
}, 120_000);
