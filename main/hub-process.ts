import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { endWithApp, serveHub } from './desktop/hub-service';
import { openDiscovery } from './hub/listen/discovery';
import { openHub } from './hub/open-hub';
import { writerThread } from './hub/store/writer-thread';
import { openSystemClock } from './hub/system/system-clock';

// The hub's process, a utility process of the app.
endWithApp(
  serveHub(process.parentPort, {
    clock: openSystemClock(),
    randomBytes,
    openHub,
    startWriter: writerThread(join(__dirname, '..', 'worker', 'store-worker.js')),
    openDiscovery,
  }),
);
