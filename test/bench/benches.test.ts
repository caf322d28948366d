import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleBenches } from '../../scripts/lib/bench-bundles.mjs';

const cache = join(__dirname, '..', '..', '.cache');
/** Every way to measure but the windows'; all of them take minutes. */
const words = ['relay.cpu', 'start.replay', 'stall.year.ack'];

test('benches of the hub run, small and once, and lose nothing', async () => {
  // Below the project, where what is not bundled is found.
  const folder = mkdtempSync(join(cache, 'benches-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await bundleBenches(folder, { desktop: false });
  const child = spawn(process.execPath, [join(folder, 'cli.mjs'), '--tiny', '--rounds', '1', ...words]);
  let [lines, said] = ['', ''];
  child.stdout.on('data', (chunk) => {
    lines += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, expect.stringContaining('bench')]);
  const benches = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(benches.map(({ bench }) => bench)).toEqual(expect.arrayContaining(words));
  for (const { goal, ok, min, max } of benches)
    expect([typeof goal, typeof ok, typeof min, typeof max]).toEqual(['number', 'boolean', 'number', 'number']);
}, 600_000);
