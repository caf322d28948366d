import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHub } from '../../../main/hub/open-hub';
import { writerThread } from '../../../main/hub/store/writer-thread';
import { openSystemClock } from '../../../main/hub/system/system-clock';
import { unlimited } from '../../support/unlimited';
import { searchHostile } from './hostile-search';

const usage = `npm run attacks -- searches
  Has a hub on a disk search the most hostile texts there are, in memory and on the pages of long conversations, while a
  stranger pings it and reads back what they wrote.`;
/** The longest a stranger may wait during any search. */
const waitMaxMs = 250;

async function attack(worker: string): Promise<boolean> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-searches-'));
  const hub = await openHub(
    {
      ...{ dataFolder, host: '127.0.0.1', agentPort: 0, customerPort: 0, lan: null, sample: false },
      pages: { workstation: '', customer: '' },
      setup: { officeName: 'Target', supervisorName: 'Sam', passphrase: randomBytes(12).toString('hex') },
    },
    { clock: openSystemClock(), randomBytes, log: silent, startWriter: writerThread(worker) },
    { ...unlimited, scryptCost: 16 },
  );
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const customerUrl = `ws://${new URL(hub.customerUrl).host}/ws`;
  const longestMs = await searchHostile({ ...hub, customerUrl }, await hub.supervisorCode(), say);
  await hub.stop();
  rmSync(dataFolder, { recursive: true });
  return longestMs < waitMaxMs;
}

const { values } = parseArgs({
  options: { worker: { type: 'string', default: '' }, help: { type: 'boolean', short: 'h', default: false } },
});
if (values.help) process.stdout.write(`${usage}\n`);
else process.exitCode = (await attack(values.worker)) ? 0 : 1;
