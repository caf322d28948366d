import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assign } from './assign';
import { idleDesk } from './desktop/idle';
import { keyToPaint } from './desktop/keys';
import { paintedOffer } from './desktop/offer';
import { paintedWindow } from './desktop/window';
import { journal } from './journal';
import { largeOffice } from './large-office';
import { latency } from './latency';
import { bundleFolder } from './load/server-process';
import { type BenchReport, type Goal, tableOf } from './measure';
import { memory } from './memory';
import { relay, relayInOffice } from './relay';
import { growth, naive } from './route';
import { fullSizes, type Sizes, tinySizes } from './sizes';
import { soak } from './soak';
import { stall } from './stall';
import { replay, spawn } from './start';
import { year } from './year';

interface Family {
  benches: string[];
  /** The folder is for this bench only and is removed afterwards. */
  run(sizes: Sizes, folder: string): BenchReport[] | Promise<BenchReport[]>;
}

const families: Family[] = [
  { benches: ['route.growth'], run: ({ rounds }) => [growth(rounds)] },
  { benches: ['route.naive'], run: ({ rounds }) => [naive(rounds)] },
  { benches: ['relay.cpu', 'relay.socketio', 'relay.rate'], run: relay },
  { benches: ['relay.office'], run: relayInOffice },
  { benches: ['latency.p50', 'latency.p99', 'latency.cpu'], run: latency },
  { benches: ['journal'], run: journal },
  { benches: ['assign'], run: assign },
  { benches: ['office.500'], run: largeOffice },
  { benches: ['stall.ack', 'stall.thread'], run: stall },
  { benches: ['memory'], run: memory },
  { benches: ['start.spawn'], run: spawn },
  { benches: ['start.replay'], run: replay },
  {
    benches: [
      ...['start.year', 'start.year.memory', 'memory.year', 'search.year'],
      ...['stall.year.ack', 'stall.year.thread'],
    ],
    run: year,
  },
  { benches: ['desktop.window'], run: paintedWindow },
  { benches: ['desktop.offer'], run: paintedOffer },
  { benches: ['desktop.key'], run: keyToPaint },
  { benches: ['desktop.idle'], run: idleDesk },
];

/** `route` means every bench whose name starts with `route.`. */
function fits(bench: string, words: string[]): boolean {
  return words.length === 0 || words.some((word) => bench === word || bench.startsWith(`${word}.`));
}

const usage = `npm run bench -- [NAME …] [--rounds N] [--tiny]
  NAME        a bench, or the first word of several: \`relay\` is relay.cpu, relay.socketio …; all without one
  --rounds N  how often the peers take turns (default 7)
  --tiny      so small that it only shows that the benches run
npm run bench -- soak [--hours N] [--speed N] [--desks N] [--customers N]
  an office's work against one hub, 1 hour of it at 20 times the speed, with 50 desks and 500 customers: how memory, open
  files and waiting times went, and whether anything was lost
With FOYER_BENCH_PROFILE=FOLDER every server saves its threads' CPU profiles there.`;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      tiny: { type: 'boolean', default: false },
      hours: { type: 'string', default: '1' },
      speed: { type: 'string', default: '20' },
      desks: { type: 'string', default: '50' },
      customers: { type: 'string', default: '500' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const number = (name: 'rounds' | 'hours' | 'speed' | 'desks' | 'customers') => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} takes a number above 0, not “${values[name]}”`);
    return value;
  };
  const soakSizes = {
    desks: number('desks'),
    customers: number('customers'),
    hours: number('hours'),
    speed: number('speed'),
  };
  const words = positionals;
  const isSoak = words.length === 1 && words[0] === 'soak';
  const all = families.flatMap(({ benches }) => benches);
  for (const word of isSoak ? [] : words)
    if (!all.some((bench) => fits(bench, [word])))
      throw new Error(`there is no bench ${word}; there are soak, ${all.join(', ')}`);
  const sizes = { ...(values.tiny ? tinySizes : fullSizes), rounds: number('rounds') };
  return { words, sizes, soakSizes: isSoak ? soakSizes : null, help: values.help };
}

/** Runs the work with a folder of its own, which is removed afterwards. */
async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  // Next to the bundles, so on a disk; the system's folder for temporary files may be in memory.
  const folder = mkdtempSync(join(bundleFolder, 'data-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells each goal's line as soon as it is known. What a family of benches fails with does not keep the others from running. */
async function runAll(words: string[], sizes: Sizes): Promise<{ reports: BenchReport[]; failed: string[] }> {
  const reports: BenchReport[] = [];
  const failed: string[] = [];
  for (const { benches, run } of families) {
    const wanted = benches.filter((bench) => fits(bench, words));
    if (wanted.length === 0) continue;
    process.stderr.write(`${wanted.join(', ')} …\n`);
    try {
      const made = (await inFolder((folder) => run(sizes, folder))).filter(({ line }) => wanted.includes(line.bench));
      for (const { line } of made) process.stdout.write(`${JSON.stringify(line)}\n`);
      reports.push(...made);
    } catch (error) {
      failed.push(`${wanted.join(', ')}: ${messageOf(error)}`);
    }
  }
  return { reports, failed };
}

const head = ['bench', 'peer', 'median', 'figure', 'min', 'max', 'goal', 'ok'];

function goalText(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

function unitText({ ms, MiB, percent }: BenchReport['line']): string {
  return ms !== undefined ? ' ms' : MiB !== undefined ? ' MiB' : percent !== undefined ? ' %' : '';
}

function rowsOf({ line, goal, figures }: BenchReport): string[][] {
  const { min, max, ok } = line;
  const median = `${line.ratio ?? line.ms ?? line.MiB ?? line.percent}${unitText(line)}`;
  const verdict = [median, String(min), String(max), goalText(goal), ok ? 'yes' : 'no'];
  return figures.map((figure, index) => (index === 0 ? [line.bench, ...figure, ...verdict] : ['', ...figure]));
}

async function main(): Promise<void> {
  const { words, sizes, soakSizes, help } = readArguments();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (soakSizes) {
    process.stdout.write(`${await inFolder((folder) => soak(soakSizes, `${folder}/hub`))}\n`);
    return;
  }
  const { reports, failed } = await runAll(words, sizes);
  process.stderr.write(`\n${tableOf([head, ...reports.flatMap(rowsOf)])}\n\n`);
  if (failed.length > 0) throw new Error(failed.join('\n'));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// A missed goal does not fail the run; a lost or duplicated message has thrown already.
await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
