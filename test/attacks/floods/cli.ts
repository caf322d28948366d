import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type HubProcess, startHubProcess } from '../../kills/hub-process';
import { freePort, openNginx } from '../nginx';
import { attack, floods, type Tally } from './floods';
import { HonestCustomers, type HonestReport, percentile } from './honest';
import type { Way } from './way';

const usage = `npm run attacks -- floods [--seconds N] [--only NAMES] [--through direct,nginx]
  Floods a real hub in every way there is, from one address and, through nginx, from one IPv6 /64, while others talk to it
  as people do. Prints how long those wait, and by how much the hub's memory and its data folder grow.
  --seconds N      each (default 60)
  --only NAMES     some of ${Object.keys(floods).join(',')}
  --through WAYS   direct, nginx (default both)`;

const workers = 24;
const warmUpMs = 5_000;
const latencyMsMax = 250;
const memoryMax = 64 * 1024 ** 2;
const folderMax = 32 * 1024 ** 2;

interface Task {
  part: 'attacker' | 'honest';
  way: Way;
  flood?: string;
  seconds?: number;
  address?: number;
}

interface Figures {
  flood: string;
  through: string;
  tally: Tally;
  idle: HonestReport;
  flooded: HonestReport;
  memory: number;
  folder: number;
}

/** The entry of a separate process, so that its load does not slow down the measuring one. */
async function part({ part, way, flood = '', seconds = 0 }: Task): Promise<void> {
  const tell = (message: object) => new Promise<void>((resolve) => process.send?.(message, () => resolve()));
  if (part === 'honest') {
    const addresses = [1, 2, 3, 4].map((last) => (way.through === 'direct' ? `127.0.3.${last}` : `198.51.100.${last}`));
    const customers = await HonestCustomers.begin(way, addresses);
    process.on('message', () => void tell(customers.report()));
    await tell({});
    return;
  }
  const tally = { tries: 0, done: 0, refused: 0 };
  let host = 0;
  const address = () => {
    host += 1;
    return way.through === 'direct' ? '127.0.0.66' : `2001:db8:66:66::${(host % 65_535).toString(16)}`;
  };
  const until = performance.now() + seconds * 1_000;
  await attack(flood, workers, { way, address, until, tally });
  await tell(tally);
  process.exit();
}

function start(task: Task): ChildProcess {
  return fork(process.argv[1]!, ['--task', JSON.stringify(task)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function said<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  return message as T;
}

/** A separate hub with honest customers. */
async function openOffice(cli: string, through: Way['through']) {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-flood-'));
  const data = join(folder, 'data');
  const behind = ['--public-url', 'https://chat.example.com', '--trusted-proxy', '127.0.0.1'];
  const hubPort = await freePort();
  const options = ['--customer-port', String(hubPort), ...(through === 'nginx' ? behind : [])];
  const hub = await startHubProcess(cli, data, options);
  const port = through === 'nginx' ? await freePort() : hubPort;
  mkdirSync(join(folder, 'nginx'));
  const nginx = through === 'nginx' ? await openNginx(join(folder, 'nginx'), port, hubPort) : null;
  const honest = start({ part: 'honest', way: { port, through } });
  await said(honest);
  return {
    way: { port, through },
    memory: () => memoryOf(hub),
    folder: () => sizeOf(data),
    /** Covers the time since the last report. */
    report() {
      honest.send('report');
      return said<HonestReport>(honest);
    },
    async close() {
      honest.kill();
      await nginx?.stop();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a second, unflooded office for comparison: its latencies are due to the machine alone. */
async function run(cli: string, flood: string, through: Way['through'], seconds: number): Promise<Figures> {
  const [quiet, flooded] = [await openOffice(cli, through), await openOffice(cli, through)];
  try {
    await sleep(warmUpMs);
    for (const office of [quiet, flooded]) await office.report();
    const [memoryBefore, folderBefore] = [flooded.memory(), flooded.folder()];
    const tally = said<Tally>(start({ part: 'attacker', way: flooded.way, flood, seconds }));
    let memory = 0;
    let over = false;
    void tally.then(() => {
      over = true;
    });
    while (!over) {
      memory = Math.max(memory, flooded.memory() - memoryBefore);
      await sleep(250);
    }
    const [idle, busy] = [await quiet.report(), await flooded.report()];
    const folder = flooded.folder() - folderBefore;
    return { flood, through, tally: await tally, idle, flooded: busy, memory, folder };
  } finally {
    for (const office of [quiet, flooded]) await office.close();
  }
}

/** The process's resident memory, in bytes. */
function memoryOf({ pid }: HubProcess): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const path = join(folder, entry.name);
    // A file that is being replaced may be gone by now.
    const { size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
    return total + (entry.isDirectory() ? sizeOf(path) : size);
  }, 0);
}

/** On a slow machine latencies may be up to twice those of the office without a flood. */
function holds({ idle, flooded, memory, folder }: Figures): boolean {
  const p99Max = Math.max(latencyMsMax, 2 * percentile(idle.latencies, 0.99));
  return (
    percentile(flooded.latencies, 0.99) <= p99Max && flooded.refused === 0 && memory < memoryMax && folder < folderMax
  );
}

function line(figures: Figures): string {
  const { flood, through, tally, idle, flooded, memory, folder } = figures;
  const ms = (report: HonestReport) =>
    [0.5, 0.99].map((share) => percentile(report.latencies, share).toFixed(1).padStart(6)).join(' ');
  const mebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1).padStart(6);
  const counts = [tally.tries, tally.done, tally.refused].map((count) => String(count).padStart(8)).join('');
  return [
    `${flood.padEnd(16)}${through.padEnd(7)}${counts}`,
    `${ms(idle)}  ${ms(flooded)}  ${String(flooded.latencies.length).padStart(5)} ${String(flooded.refused).padStart(3)}`,
    `${mebibytes(memory)} ${mebibytes(folder)}  ${holds(figures) ? 'holds' : 'TOO MUCH'}`,
  ].join('  ');
}

const { values } = parseArgs({
  options: {
    cli: { type: 'string', default: '' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: Object.keys(floods).join(',') },
    through: { type: 'string', default: 'direct,nginx' },
    task: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const seconds = Number(values.seconds);
const chosen = values.only.split(',');
const ways = values.through.split(',').filter((way) => way === 'direct' || way === 'nginx');
if (values.task) await part(JSON.parse(values.task));
else if (values.help || !(seconds > 0) || ways.length === 0 || chosen.some((name) => !(name in floods))) {
  process.stdout.write(`${usage}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.stdout.write(
    `${'flood'.padEnd(16)}${'way'.padEnd(7)}   tries    done refused  quiet p50   p99   p50    p99   asked ref   MiB mem folder\n`,
  );
  for (const through of ways)
    for (const flood of chosen) {
      const figures = await run(values.cli, flood, through, seconds);
      if (!holds(figures)) process.exitCode = 1;
      process.stdout.write(`${line(figures)}\n`);
    }
}
