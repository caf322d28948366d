import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { defaultLimits } from '../../../main/hub/limits';
import { startHub } from '../../../main/hub/start-hub';
import { FileStore } from '../../../main/hub/store/file-store';
import { writerThread } from '../../../main/hub/store/writer-thread';
import { openSystemClock } from '../../../main/hub/system/system-clock';
import { serve } from './serve';

// Fills a new data folder with so many open conversations of ten messages each, all waiting in a queue.
const [folder = '', conversations = '0'] = process.argv.slice(2);
const messages = 10;
const stepsAtOnce = 500;
const nothing = () => undefined;
const print = (event: string, detail?: object) =>
  void process.stderr.write(`fill: ${event} ${JSON.stringify(detail ?? {})}\n`);

const ports = {
  clock: openSystemClock(),
  randomBytes: (size: number) => randomBytes(size),
  log: { info: nothing, warn: print, error: print },
  startWriter: writerThread(join(dirname(process.argv[1] ?? ''), 'worker', 'store-worker.js')),
};
const limits = { ...defaultLimits, scryptCost: 16 };
const setup = { officeName: 'Bench', supervisorName: 'Sam', passphrase: randomBytes(16).toString('hex') };
const store = await FileStore.open(folder, limits, ports);
const hub = await startHub(store, { setup, sample: false }, ports, limits);
const [groupId] = hub.state.config.groups.keys();
for (let index = 0; index < Number(conversations); index += 1) {
  const [customerId, conversationId] = [hub.newId('customer'), hub.newId('conversation')];
  hub.step((step) => {
    const name = `Waiting ${index}`;
    step.add({ type: 'customer.seen', customerId, tokenHash: `hash of ${customerId}`, name, language: 'en' });
    step.route({ type: 'conversation.open', conversationId, customerId, groupId: groupId! });
    for (let count = 0; count < messages; count += 1) {
      const text = `Could you tell me when order ${index}-${count} will arrive? It was to come last Tuesday.`;
      step.message({ conversationId, from: { kind: 'customer' }, text, line: null });
    }
  });
  if (index % stepsAtOnce === 0) await hub.outbox.durable(hub.state.seq);
}
await hub.outbox.durable(hub.state.seq);
hub.stop();
await store.close();
serve({});
