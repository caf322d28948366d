import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { livedRecords, ratedRecords } from '../storage/support/lived';
import { slowDiskLimits } from '../storage/support/rig';
import { callsOf, type FaultWay, faults, faultWays, powerCuts, recoveryCuts } from './disk-faults';
import { bitFlips, truncations } from './journal-faults';
import { Office } from './life';
import type { Looked, Share } from './places';

const flippedRecords = 200;
const shownMax = 10;

const usage = `npm run faults -- [--cuts N]
  In full what npm test does in part, on a disk in memory:
    every call to the disk fails, in every way;
    the power is cut before every call, and once more in the start after it;
    the power is cut before every call of a recovery, which is begun again;
    a journal is cut at every byte, and reads as zeros from there;
    every bit of a journal's last ${flippedRecords} records is flipped.
  --cuts N  how often the power is cut before each call, the disk keeping something else each time (default 10)`;

interface Task {
  share: Share;
  cuts: number;
}

/** What one thread says of its share of one kind of place. */
interface Report extends Looked {
  what: string;
  seconds: number;
}

async function work({ share, cuts }: Task, say: (report: Report) => void): Promise<void> {
  const office = await Office.lived(5, 58);
  const calls = await callsOf(office);
  const longer = (await livedRecords(7, 2 * flippedRecords)).slice(0, flippedRecords + 4);
  const run = async (what: string, looking: Promise<Looked>) => {
    const startedMs = performance.now();
    say({ ...(await looking), what, seconds: (performance.now() - startedMs) / 1_000 });
  };
  for (const way of Object.keys(faultWays) as FaultWay[])
    await run(`calls failed: ${way}`, faults(office, calls, way, share));
  for (let outcome = 0; outcome < cuts; outcome += 1) await run('power cuts', powerCuts(office, calls, outcome, share));
  const slowCalls = await callsOf(office, slowDiskLimits);
  for (const way of Object.keys(faultWays) as FaultWay[])
    await run(`calls failed, slow disk: ${way}`, faults(office, slowCalls, way, share, slowDiskLimits));
  await run('power cuts, slow disk', powerCuts(office, slowCalls, 0, share, slowDiskLimits));
  const rated = Office.of(await ratedRecords());
  const ratedCalls = await callsOf(rated);
  for (const way of Object.keys(faultWays) as FaultWay[])
    await run(`calls failed, late ratings: ${way}`, faults(rated, ratedCalls, way, share));
  await run('power cuts, late ratings', powerCuts(rated, ratedCalls, 0, share));
  for (const kind of ['cut', 'snapshot'] as const)
    await run(`power cuts in a recovery (${kind})`, recoveryCuts(office, kind, share));
  await run('bytes at which a journal was cut', truncations(office.records, share));
  await run('bytes of which each bit was flipped', bitFlips(longer, flippedRecords, share));
}

async function lead(cuts: number): Promise<number> {
  const startedMs = performance.now();
  const sums = new Map<string, Report>();
  const stride = availableParallelism();
  const take = ({ what, places, wrong, seconds }: Report) => {
    const sum = sums.get(what) ?? { what, places: 0, wrong: [], seconds: 0 };
    sums.set(what, {
      what,
      places: sum.places + places,
      wrong: [...sum.wrong, ...wrong],
      seconds: sum.seconds + seconds,
    });
    process.stderr.write(`${what}: ${places} more, ${wrong.length} wrong\n`);
  };
  await Promise.all(Array.from({ length: stride }, (_, from) => runWorker({ share: { from, stride }, cuts }, take)));
  for (const { what, places, wrong, seconds } of sums.values()) {
    process.stdout.write(`${places} ${what}: ${wrong.length} wrong, ${seconds.toFixed(1)} s of a processor\n`);
    for (const line of wrong.slice(0, shownMax)) process.stdout.write(`  ${line}\n`);
  }
  const wrong = [...sums.values()].reduce((count, sum) => count + sum.wrong.length, 0);
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  process.stdout.write(`${wrong === 0 ? 'Nothing was lost.' : `${wrong} places are wrong.`} ${seconds} s.\n`);
  return wrong === 0 ? 0 : 1;
}

function runWorker(task: Task, take: (report: Report) => void): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

if (isMainThread) {
  const { values } = parseArgs({
    options: { cuts: { type: 'string', default: '10' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const cuts = Number(values.cuts);
  if (values.help || !Number.isSafeInteger(cuts) || cuts < 1) {
    process.stdout.write(`${usage}\n`);
    process.exitCode = values.help ? 0 : 2;
  } else process.exitCode = await lead(cuts);
} else await work(workerData as Task, (report) => parentPort?.postMessage(report));
