import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sandboxArgs, testApp } from '../../support/electron';
import { bundleFolder } from '../load/server-process';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from '../measure';
import type { Sizes } from '../sizes';
import { bareWindow } from './apps';
import { newOffice } from './office';
import type { FirstWindow } from './probe';

interface Start {
  name: string;
  args: string[];
  env: Record<string, string>;
  paintedMs: number[];
  readyMs: number[];
}

/** From the spawn to the first window with something painted: a desktop that hosts its hub against an empty window. */
export async function paintedWindow({ rounds }: Sizes, folder: string): Promise<BenchReport[]> {
  await newOffice(folder);
  const starts: Start[] = [
    {
      name: 'Foyer, hosting the hub',
      args: testApp().args,
      env: { FOYER_TEST_FOLDER: folder, FOYER_BENCH_SELECTOR: '[data-pane="bar"]' },
      paintedMs: [],
      readyMs: [],
    },
    { name: 'an empty window', args: [bareWindow], env: { FOYER_BENCH_SELECTOR: 'p' }, paintedMs: [], readyMs: [] },
  ];
  // Warms the system's file cache for both.
  for (const start of starts) await open(start);
  await takeTurns(rounds, starts, async (start) => {
    const spawnedAtMs = Date.now();
    const { paintedAtMs, readyAtMs } = await open(start);
    start.paintedMs.push(paintedAtMs - spawnedAtMs);
    start.readyMs.push(readyAtMs - spawnedAtMs);
  });
  const [foyer, bare] = starts as [Start, Start];
  const shown = (values: number[]) => `${Math.round(medianOf(values))} ms`;
  return [
    reportOf('desktop.window', ratioOf(foyer.paintedMs, bare.paintedMs), { atMost: 1.3 }, [
      [bare.name, shown(bare.paintedMs)],
      [foyer.name, shown(foyer.paintedMs)],
      ['… signed in, its desk painted', shown(foyer.readyMs)],
    ]),
  ];
}

async function open({ name, args, env }: Start): Promise<FirstWindow> {
  const app = spawn(testApp().path, [...sandboxArgs(), '-r', join(bundleFolder, 'probe.cjs'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(app, 'exit');
  const first = await firstLine(app, name);
  await ended;
  return JSON.parse(first);
}

function firstLine(app: ChildProcess, name: string): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    app.stdout!.on('data', (chunk) => {
      output += chunk;
      const line = output.split('\n').find((each) => each.startsWith('{'));
      if (line?.endsWith('}')) resolve(line);
    });
    app.once('exit', (code) => reject(new Error(`${name} ended with ${code} and said: ${output}`)));
  });
}
