import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { defaultLimits } from '../../../main/hub/limits';
import { openHub } from '../../../main/hub/open-hub';
import type { HubClock } from '../../../main/hub/ports';
import { writerThread } from '../../../main/hub/store/writer-thread';
import { openSystemClock } from '../../../main/hub/system/system-clock';
import { unlimited } from '../../support/unlimited';
import { serve } from './serve';

// The whole hub, without limits per address or rate. Arguments: the data folder, without which the hub is in memory; how
// many times as quickly as ours its time goes.
const dataFolder = process.argv[2] ?? null;
const speed = Number(process.argv[3] ?? 1);
const print = (event: string, detail?: object) =>
  void process.stderr.write(`hub: ${event} ${JSON.stringify(detail ?? {})}\n`);

const hub = await openHub(
  {
    dataFolder,
    host: '127.0.0.1',
    agentPort: 0,
    customerPort: 0,
    lan: null,
    pages: { workstation: '', customer: '' },
    setup: { officeName: 'Bench', supervisorName: 'Sam', passphrase: randomBytes(16).toString('hex') },
    sample: false,
  },
  {
    clock: speed === 1 ? openSystemClock() : hastened(openSystemClock(), speed),
    randomBytes: (size) => randomBytes(size),
    log: { info: () => undefined, warn: print, error: print },
    startWriter: writerThread(join(dirname(process.argv[1] ?? ''), 'worker', 'store-worker.js')),
  },
  {
    ...defaultLimits,
    ...unlimited,
    helloTimeoutMs: 60_000,
    scryptCost: 16,
  },
);
/** As the clock until now, and from now on `times` as quick. */
function hastened(clock: HubClock, times: number): HubClock {
  const startedAt = clock.now();
  const ahead = (at: number) => startedAt + (at - startedAt) * times;
  return {
    now: () => Math.floor(ahead(clock.now())),
    at: (at, run) => clock.at(startedAt + (at - startedAt) / times, run),
  };
}

const ready = {
  agent: hub.agentUrl,
  customer: hub.customerUrl.replace('http:', 'ws:').replace('/chat', '/ws'),
  code: await hub.supervisorCode(),
};
serve(ready, () => hub.stop());
