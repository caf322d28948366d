import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { simulateHub } from './hub/simulate';
import { minimise } from './minimise';
import { type Failure, simulate } from './simulate';

const usage = `npm run sim -- [--hub] [--seeds N] [--steps S] [--days D] [--from SEED]
  --hub        the whole hub with its clients, crashes and bad lines, not the routing core alone
  --seeds N    how many seeds (default 1000)
  --steps S    steps a seed (default 500; with --days: no limit)
  --days D     until D simulated days have passed
  --from SEED  the first seed (default 1)`;

const shownFailuresMax = 5;

interface Task {
  hub: boolean;
  from: number;
  stride: number;
  seeds: number;
  steps: number;
  days: number;
}

/** A worker's report after each seed. */
interface Report {
  seed: number;
  steps: number;
  simulatedMs: number;
  /** Counters by name, added up in the closing line. */
  counts: Record<string, number>;
  failure: (Failure & { shortest: string[]; commands: string[] }) | null;
}

function work(task: Task, say: (report: Report) => void): void | Promise<void> {
  return task.hub ? workOnHub(task, say) : workOnCore(task, say);
}

/** A run with lines and crashes can't be minimised step by step, as every step depends on those before. */
async function workOnHub({ from, stride, seeds, steps, days }: Task, say: (report: Report) => void): Promise<void> {
  for (let index = 0; index < seeds; index += 1) {
    const result = await simulateHub({ seed: from + index * stride, steps, days });
    const { seed, records, messages, crashes, brokenCatchUps, acks, returns, simulatedMs, failure } = result;
    const counts = { records, messages, crashes, 'broken catch-ups': brokenCatchUps, 'acks checked': acks, returns };
    say({
      seed,
      steps: result.steps,
      simulatedMs,
      counts,
      failure: failure && { ...failure, shortest: [], commands: [] },
    });
  }
}

function workOnCore(task: Task, say: (report: Report) => void): void {
  let minimised = 0;
  for (let index = 0; index < task.seeds; index += 1) {
    const seed = task.from + index * task.stride;
    const { taken, failure, events, offers, ...rest } = simulate({ seed, steps: task.steps, days: task.days });
    const figures = { ...rest, counts: { events, offers } };
    if (!failure) say({ ...figures, failure });
    else {
      // Minimising costs as much as hundreds of seeds, and a few results are enough to read.
      minimised += 1;
      const shortest = minimise(minimised > shownFailuresMax ? [] : taken);
      const commands = shortest.steps.map(({ command }) => JSON.stringify(command));
      say({ ...figures, failure: { ...failure, shortest: shortest.story, commands } });
    }
  }
}

function readTask(): Task | null {
  const { values } = parseArgs({
    options: {
      hub: { type: 'boolean', default: false },
      seeds: { type: 'string', default: '1000' },
      steps: { type: 'string' },
      days: { type: 'string' },
      from: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const number = (name: string, text: string) => {
    const value = Number(text);
    if (!(value > 0)) throw new Error(`--${name} takes a number above 0, not “${text}”`);
    return value;
  };
  const days = values.days === undefined ? Number.POSITIVE_INFINITY : number('days', values.days);
  const steps =
    values.steps === undefined && values.days !== undefined
      ? Number.POSITIVE_INFINITY
      : number('steps', values.steps ?? '500');
  const seeds = number('seeds', values.seeds);
  return { hub: values.hub, from: number('from', values.from), seeds, steps, days, stride: 1 };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printFailure({ failure, seed }: Report, hub: boolean): void {
  if (!failure) return;
  print(`\nSeed ${seed} breaks a rule in step ${failure.step}:`);
  for (const line of failure.broken) print(`  ${line}`);
  print('The last steps:');
  for (const line of failure.story) print(`  ${line}`);
  if (failure.shortest.length > 0) {
    print('The shortest story found that breaks the same rule:');
    for (const line of failure.shortest) print(`  ${line}`);
    print('As commands:');
    for (const line of failure.commands) print(`  ${line}`);
  }
  print(`Again: npm run sim -- ${hub ? '--hub ' : ''}--from ${seed} --seeds 1\n`);
}

const progressEveryMs = 2_000;

async function lead(task: Task): Promise<number> {
  const started = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
  const sum = { done: 0, steps: 0, simulatedMs: 0 };
  const counts: Record<string, number> = {};
  const failed: number[] = [];
  const rules = new Map<string, number>();
  let saidAt = 0;
  const take = (report: Report) => {
    sum.done += 1;
    sum.steps += report.steps;
    sum.simulatedMs += report.simulatedMs;
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
    if (report.failure) {
      failed.push(report.seed);
      const rule = report.failure.broken[0]!.split(' ').slice(0, 2).join(' ');
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
      if (failed.length <= shownFailuresMax) printFailure(report, task.hub);
    }
    if (seconds() * 1_000 - saidAt < progressEveryMs) return;
    saidAt = seconds() * 1_000;
    process.stderr.write(`${sum.done} of ${task.seeds} seeds, ${failed.length} failed\n`);
  };
  const stride = Math.max(1, Math.min(availableParallelism(), task.seeds));
  await Promise.all(
    Array.from({ length: stride }, (_, index) => {
      const seeds = Math.floor((task.seeds - index + stride - 1) / stride);
      return runWorker({ ...task, from: task.from + index, stride, seeds }, take);
    }),
  );
  const days = (sum.simulatedMs / 86_400_000).toFixed(1);
  const counted = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  print(`${sum.done} seeds, ${sum.steps} steps, ${counted.join(', ')}, ${days} simulated days.`);
  print(`${seconds().toFixed(1)} s, ${(sum.done / seconds()).toFixed(1)} seeds/s, ${stride} at a time.`);
  for (const [rule, count] of rules) print(`  ${count} × ${rule}`);
  print(
    failed.length === 0
      ? 'No rule was broken.'
      : `Failed: ${failed
          .sort((a, b) => a - b)
          .slice(0, 50)
          .join(' ')}`,
  );
  return failed.length === 0 && sum.done === task.seeds ? 0 : 1;
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
  let task: Task | null = null;
  try {
    task = readTask();
    if (!task) print(usage);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exitCode = 2;
  }
  if (task) process.exitCode = await lead(task);
} else await work(workerData as Task, (report) => parentPort?.postMessage(report));
