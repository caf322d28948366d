import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HubClient, type HubReady } from './load/hub-client';
import { run } from './load/run';
import { bundleFolder, ServerProcess } from './load/server-process';
import { type BenchReport, medianOf, rangeOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';
import { stallReports, watchStalls } from './stall';

const mib = 1024 ** 2;

/** What a year's history costs: the start, the memory, a search for a rare word, and a snapshot. */
export async function year(sizes: Sizes, folder: string): Promise<BenchReport[]> {
  const data = `${folder}/year`;
  const args = ['simulate-year', '--data', data, '--conversations', String(sizes.yearConversations)];
  await run(process.execPath, [join(bundleFolder, 'headless', 'cli.js'), ...args]);
  return [
    ...(await starts(sizes, folder, data)),
    await searches(sizes, data),
    ...stallReports('stall.year', await watchStalls(data, 1, sizes.stallMs), 'a year’s history'),
  ];
}

/** From the spawn until connections are accepted, and the memory then, against the same hub with an empty office. */
async function starts({ rounds }: Sizes, folder: string, data: string): Promise<BenchReport[]> {
  const empty = `${folder}/empty`;
  await (await ServerProcess.start('hub.mjs', [empty])).stop();
  const runs = [
    { name: 'a year', data, startedMs: [] as number[], residentMib: [] as number[] },
    { name: 'an empty office', data: empty, startedMs: [] as number[], residentMib: [] as number[] },
  ] as const;
  const start = (of: string) =>
    ServerProcess.start<HubReady>('headless/cli.js', ['--data', of, '--port', '0', '--customer-port', '0', '--json']);
  for (const each of runs) await (await start(each.data)).stop();
  await takeTurns(rounds, runs, async ({ data: of, startedMs, residentMib }) => {
    const server = await start(of);
    startedMs.push(server.startedMs);
    residentMib.push(residentBytes(server.pid) / mib);
    await server.stop();
  });
  const [of, none] = runs;
  const shown = ({ startedMs, residentMib }: typeof of | typeof none) =>
    `${Math.round(medianOf(startedMs))} ms, ${Math.round(medianOf(residentMib))} MiB`;
  const figures: [string, string][] = [
    [none.name, shown(none)],
    [`${of.name}, ${Math.round(folderBytes(data) / mib)} MiB on disk`, shown(of)],
  ];
  return [
    reportOf('start.year', rangeOf(of.startedMs), { atMost: 2_000 }, figures, 'ms'),
    reportOf('start.year.memory', rangeOf(of.residentMib), { atMost: 250 }, figures, 'MiB'),
    reportOf('memory.year', ratioOf(of.residentMib, none.residentMib), { atMost: 1.5 }, figures),
  ];
}

/** Of the process as a whole, on Linux; elsewhere not known. */
function residentBytes(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [kib] = /(?<=VmRSS:\s*)\d+/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

function folderBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
}

/** A number that was said once in the year, against a search for its bytes in every file. */
async function searches({ rounds }: Sizes, data: string): Promise<BenchReport> {
  const word = rareWord(data);
  const server = await ServerProcess.start<HubReady>('hub.mjs', [data]);
  const supervisor = await HubClient.agent(server.ready.agent, server.ready.code, 'device-search');
  const runs = [
    { name: 'the hub', find: () => find(supervisor, word), tookMs: [] as number[] },
    { name: 'indexOf in every file', find: () => findBytes(data, word), tookMs: [] as number[] },
  ] as const;
  for (const each of runs) await each.find();
  await takeTurns(rounds, runs, async (each) => void each.tookMs.push(await each.find()));
  supervisor.wire.close();
  await server.stop();
  const [hub, bare] = runs;
  const shown = ({ tookMs }: typeof hub | typeof bare) => `${Math.round(medianOf(tookMs))} ms`;
  const ratio = ratioOf(hub.tookMs, bare.tookMs).median.toFixed(2);
  return reportOf(
    'search.year',
    rangeOf(hub.tookMs),
    { atMost: 500 },
    [
      [bare.name, shown(bare)],
      [`${hub.name}, ${ratio} × of that`, shown(hub)],
    ],
    'ms',
  );
}

/** The first number in the middle of the year that only one conversation names. */
function rareWord(data: string): string {
  const days = readdirSync(join(data, 'archive')).filter((name) => name.endsWith('.jsonl'));
  const day = readFileSync(join(data, 'archive', days[Math.floor(days.length / 2)]!), 'utf8');
  const elsewhere = days.map((name) => readFileSync(join(data, 'archive', name)));
  for (const [number] of day.matchAll(/[A-Z]+-\d{6}/g))
    if (elsewhere.filter((bytes) => bytes.includes(number)).length === 1 && day.split(number).length === 2)
      return number;
  throw new Error('the year has no rare word');
}

/** Milliseconds until the whole year is searched. Throws when it did not find exactly one. */
async function find(supervisor: HubClient, text: string): Promise<number> {
  const startedAtMs = performance.now();
  let found = 0;
  let after: unknown = null;
  do {
    const page = await supervisor.command({ op: 'conversation.find', text, after, length: 20 });
    found += page.found.length;
    after = page.next;
  } while (after !== null);
  const tookMs = performance.now() - startedAtMs;
  if (found !== 1) throw new Error(`${text} was found ${found} times, and is there once`);
  return tookMs;
}

async function findBytes(data: string, word: string): Promise<number> {
  const reader = await ServerProcess.start<{ found: number; tookMs: number }>('read-archive.mjs', [data, word]);
  await reader.stop();
  if (reader.ready.found !== 1) throw new Error(`${word} is in ${reader.ready.found} files`);
  return reader.ready.tookMs;
}
