import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { endWithApp, type ParentPort, serveHub } from '../../../main/desktop/hub-service';
import { openDiscovery } from '../../../main/hub/listen/discovery';
import { openHub } from '../../../main/hub/open-hub';
import { writerThread } from '../../../main/hub/store/writer-thread';
import { createNappingClock } from '../../support/napping-clock';
import { clockMoved, isMove } from './moving-clock';

/** The hub's process as it is, but for a clock that the test's app moves; it begins at the time that is handed in. */
function startForTests(): void {
  const { parentPort } = process;
  const clock = createNappingClock(Number(process.argv.at(-1)));
  const app: ParentPort = {
    postMessage: (message) => parentPort.postMessage(message),
    on: (event, listener) =>
      parentPort.on(event, ({ data }) => {
        if (!isMove(data)) return listener({ data });
        clock[data.move](data.byMs);
        parentPort.postMessage(clockMoved);
      }),
  };
  const log = serveHub(app, {
    clock,
    randomBytes,
    openHub,
    startWriter: writerThread(join(__dirname, '..', 'worker', 'store-worker.js')),
    // Nothing leaves this machine but where the test has a network of its own.
    openDiscovery: process.env.FOYER_TEST_LAN_HOST ? openDiscovery : () => ({ advertise: () => () => {} }),
  });
  endWithApp(log);
}

startForTests();
