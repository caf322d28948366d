import { askRunningHub, runningHub } from './cli-local-line';
import { HubKeys } from './identity/hub-keys';
import { defaultLimits } from './limits';
import { startHub } from './open-hub';
import type { FolderPorts } from './ports';
import { nodeDisk } from './store/disk';
import { FileStore } from './store/file-store';

/** Makes the hub's next key, or lets it take the place of the present one: in the hub that runs, or in its folder. */
export async function rotateKey(folder: string, finish: boolean, ports: FolderPorts): Promise<void> {
  const running = await runningHub(folder);
  if (running) return void (await askRunningHub(running, ({ send }) => send({ op: 'hubKey.rotate', finish })));
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup: null, sample: false }, ports, defaultLimits);
    const keys = await HubKeys.open(nodeDisk, folder);
    if (finish && !keys.finish(hub, { kind: 'local' }))
      throw new Error('There is no next key yet: type rotate-key first.');
    if (!finish) await keys.prepare(hub, { kind: 'local' });
    await hub.outbox.durable(hub.state.seq);
    hub.stop();
  } finally {
    await store.close();
  }
}
