import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'playwright/test';
import { rootFolder } from '../support/electron';

/** Two machines on a cable: two network namespaces of this machine, which nothing else can reach. */
const sides = { host: '10.77.0.1/24', guest: '10.77.0.2/24' } as const;
type Side = keyof typeof sides;

function lay(name: (side: Side) => string, multicast: boolean) {
  const ip = (...args: string[]) => execFileSync('ip', args);
  for (const side of Object.keys(sides) as Side[]) ip('netns', 'add', name(side));
  const cable = (side: Side) => ['name', 'cable', 'netns', name(side)];
  ip('link', 'add', ...cable('host'), 'type', 'veth', 'peer', ...cable('guest'));
  for (const [side, address] of Object.entries(sides) as [Side, string][]) {
    const inside = (...args: string[]) => ip('-n', name(side), ...args);
    inside('link', 'set', 'lo', 'up');
    inside('address', 'add', address, 'dev', 'cable');
    inside('link', 'set', 'cable', 'up', 'multicast', multicast ? 'on' : 'off');
    if (multicast) inside('route', 'add', '224.0.0.0/4', 'dev', 'cable');
  }
}

function remove(name: (side: Side) => string) {
  for (const side of Object.keys(sides) as Side[])
    try {
      execFileSync('ip', ['netns', 'del', name(side)], { stdio: 'ignore' });
    } catch {
      // It was never made.
    }
}

/** Runs one side's part, and rejects with what it printed when that fails. */
function play(side: Side, namespace: string, env: Record<string, string>): Promise<void> {
  const runner = [process.execPath, join(rootFolder, 'node_modules/playwright/cli.js')];
  const args = ['test', '--config', 'test/lan.config.mts', side];
  return new Promise((resolve, reject) => {
    const child = spawn('ip', ['netns', 'exec', namespace, ...runner, ...args], {
      cwd: rootFolder,
      env: { ...process.env, ...env, FOYER_LAN_SIDE: side, FOYER_TEST_LAN_HOST: '0.0.0.0' },
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        printed += data;
      });
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${side} ended with ${code}:\n${printed}`)),
    );
  });
}

test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'only root on Linux may make network namespaces');

for (const how of ['found', 'link'] as const)
  test(`two desktops on two machines: ${how === 'found' ? 'found by mDNS, by typed code' : 'no mDNS, by link'}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-lan-'));
    const name = (side: Side) => `foyer-${process.pid}-${how}-${side}`;
    try {
      lay(name, how === 'found');
      const env = { FOYER_LAN_FOLDER: folder, FOYER_LAN_HOW: how };
      const startedAtMs = performance.now();
      await Promise.all((['host', 'guest'] as const).map((side) => play(side, name(side), env)));
      const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
      process.stdout.write(`from before "Set up the hub here" until after the first answer (${how}): ${seconds} s\n`);
    } finally {
      remove(name);
      rmSync(folder, { recursive: true, force: true });
    }
  });
