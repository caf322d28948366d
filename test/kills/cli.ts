import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runKills } from './kill-run';

const usage = `npm run kills -- [--kills N] [--writers N] [--seed S]
  --kills N    how often the hub is killed (default 200)
  --writers N  customers and agents who write all the time, one agent in ten (default 50)
  --seed S     when it is killed (default 1)`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    writers: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    cli: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h' },
  },
});

async function main(): Promise<number> {
  const [kills, writers, seed] = [values.kills, values.writers, values.seed].map(Number) as [number, number, number];
  if (values.help || ![kills, writers, seed].every((each) => Number.isSafeInteger(each) && each >= 0) || writers < 2) {
    process.stdout.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const agents = Math.max(1, Math.round(writers / 10));
  const folder = mkdtempSync(join(tmpdir(), 'foyer-kills-'));
  const setup = { cli: values.cli, data: join(folder, 'data'), kills, customers: writers - agents, agents, seed };
  const startedMs = performance.now();
  const { acked, messages, problems } = await runKills(setup, (count) => {
    if (count % 10 === 0) process.stderr.write(`killed ${count} of ${kills} times\n`);
  });
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  process.stdout.write(
    `${kills} kills, ${writers} writers, ${acked} messages acknowledged, ${messages} kept, ${seconds} s.\n`,
  );
  if (problems.length > 0) {
    process.stdout.write(`${problems.join('\n')}\nThe data is in ${setup.data}. Again: --seed ${seed}\n`);
    return 1;
  }
  rmSync(folder, { recursive: true });
  process.stdout.write('Nothing was lost, nothing doubled, and every conversation has an owner or a place.\n');
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
