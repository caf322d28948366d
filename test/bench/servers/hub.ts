import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { defaultLimits } from '../../../main/hub/limits';
import { openHub } from '../../../main/hub/open-hub';
import { writerThread } from '../../../main/hub/store/writer-thread';
import { openSystemClock } from '../../../main/hub/system/system-clock';
import { unlimited } from '../../support/unlimited';
import { serve } from './serve';

// The whole hub, without limits per address or rate. The only argument is the data folder; without it, the hub is in
// memory.
const dataFolder = process.argv[2] ?? null;
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
    clock: openSystemClock(),
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
const ready = {
  agent: hub.agentUrl,
  customer: hub.customerUrl.replace('http:', 'ws:').replace('/chat', '/ws'),
  code: await hub.supervisorCode(),
};
serve(ready, () => hub.stop());
