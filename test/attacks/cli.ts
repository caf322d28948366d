import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openHub } from '../../main/hub/open-hub';
import type { RunningHub } from '../../main/hub/running-hub';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { unlimited } from '../support/unlimited';
import { malformedCloseCodes, sendMalformed } from './malformed';

const usage = `npm run attacks -- [--frames N] [--seed N]
  Sends a hub malformed frames over real sockets, each over a line of its own.
  --frames N  how many (default 1000000)
  --seed N    the first seed (default 1)`;
const batch = 10_000;

function target(): Promise<RunningHub> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return openHub(
    {
      ...{ dataFolder: null, host: '127.0.0.1', agentPort: 0, customerPort: 0, lan: null, sample: false },
      pages: { workstation: '', customer: '' },
      setup: { officeName: 'Target', supervisorName: 'Sam', passphrase: randomBytes(12).toString('hex') },
    },
    { clock: openSystemClock(), randomBytes, log: silent, startWriter: inProcessWriter() },
    { ...unlimited, scryptCost: 16 },
  );
}

async function attack(frames: number, seed: number): Promise<number> {
  const hub = await target();
  const port = Number(new URL(hub.customerUrl).port);
  const named = new Set<number | null>(malformedCloseCodes);
  let wrong = 0;
  for (let sent = 0; sent < frames; sent += batch) {
    const codes = await sendMalformed(port, Math.min(batch, frames - sent), seed + sent / batch);
    for (const [code, count] of codes) if (!named.has(code)) wrong += count;
    const megabytes = Math.round(process.memoryUsage().rss / 1024 ** 2);
    process.stderr.write(`${Math.min(sent + batch, frames)} frames, ${wrong} wrong, ${megabytes} MiB\n`);
  }
  await hub.stop();
  process.stdout.write(`${frames} malformed frames, ${wrong} not closed with their name.\n`);
  return wrong === 0 ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [frames, seed] = [Number(values.frames), Number(values.seed)];
if (values.help || !Number.isSafeInteger(frames) || frames < 1 || !Number.isSafeInteger(seed)) {
  process.stdout.write(`${usage}\n`);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = await attack(frames, seed);
