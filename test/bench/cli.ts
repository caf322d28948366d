import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assign } from './assign';
import { keyToPaint } from './desktop/keys';
import { paintedOffer } from './desktop/offer';
import { paintedWindow } from './desktop/window';
import { journal } from './journal';
import { latency } from './latency';
import { bundleFolder } from './load/server-process';
import { type BenchReport, type Goal, tableOf } from './measure';
import { memory } from './memory';
import { relay } from './relay';
import { growth, naive } from './route';
import { replay, spawn } from './start';

interface Family {
  benches: string[];
  /** The folder is for this bench only and is removed afterwards. */
  run(rounds: number, folder: string): BenchReport[] | Promise<BenchReport[]>;
}

const families: Family[] = [
  { benches: ['route.growth'], run: (rounds) => [growth(rounds)] },
  { benches: ['route.naive'], run: (rounds) => [naive(rounds)] },
  { benches: ['relay.cpu', 'relay.socketio', 'relay.rate'], run: relay },
  { benches: ['latency.p50', 'latency.p99'], run: latency },
  { benches: ['journal'], run: journal },
  { benches: ['assign'], run: assign },
  { benches: ['memory'], run: memory },
  { benches: ['start.spawn'], run: spawn },
  { benches: ['start.replay'], run: replay },
  { benches: ['desktop.window'], run: paintedWindow },
  { benches: ['desktop.offer'], run: paintedOffer },
  { benches: ['desktop.key'], run: keyToPaint },
];

/** `route` means every bench whose name starts with `route.`. */
function fits(bench: string, words: string[]): boolean {
  return words.length === 0 || words.some((word) => bench === word || bench.startsWith(`${word}.`));
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '7' } },
  });
  const all = families.flatMap(({ benches }) => benches);
  for (const word of positionals)
    if (!all.some((bench) => fits(bench, [word])))
      throw new Error(`there is no bench ${word}; there are ${all.join(', ')}`);
  const rounds = Number(values.rounds);
  if (!(rounds >= 1)) throw new Error(`--rounds takes a number from 1, not “${values.rounds}”`);
  return { words: positionals, rounds };
}

async function runAll(words: string[], rounds: number): Promise<BenchReport[]> {
  const reports: BenchReport[] = [];
  for (const { benches, run } of families) {
    const wanted = benches.filter((bench) => fits(bench, words));
    if (wanted.length === 0) continue;
    process.stderr.write(`${wanted.join(', ')} …\n`);
    // Next to the bundles, so on a disk; the system's folder for temporary files may be in memory.
    const folder = mkdtempSync(join(bundleFolder, 'data-'));
    try {
      const made = await run(rounds, folder);
      reports.push(...made.filter(({ line }) => wanted.includes(line.bench)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return reports;
}

const head = ['bench', 'peer', 'median', 'ratio', 'min', 'max', 'goal', 'ok'];

function goalText(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

function rowsOf({ line, goal, figures }: BenchReport): string[][] {
  const verdict = [line.ratio, line.min, line.max].map(String).concat(goalText(goal), line.ok ? 'yes' : 'no');
  return figures.map((figure, index) => (index === 0 ? [line.bench, ...figure, ...verdict] : ['', ...figure]));
}

try {
  const { words, rounds } = readArguments();
  const reports = await runAll(words, rounds);
  process.stderr.write(`\n${tableOf([head, ...reports.flatMap(rowsOf)])}\n\n`);
  for (const { line } of reports) process.stdout.write(`${JSON.stringify(line)}\n`);
  // A missed goal does not fail the run; a lost or duplicated message has thrown already.
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
