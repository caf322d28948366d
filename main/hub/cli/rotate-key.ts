import { HubKeys } from '../entrance/hub-keys';
import { nodeDisk } from '../store/disk';
import type { FolderPorts } from '../store/writer-messages';
import { askRunningHub, runningHub } from './local-line';
import { askRestingHub } from './resting-hub';

/** Makes the hub's next key or, with `finish`, switches to it: by the hub that runs, or in its folder. */
export async function rotateKey(folder: string, finish: boolean, ports: FolderPorts): Promise<void> {
  const running = await runningHub(folder);
  if (running) return void (await askRunningHub(running, ({ send }) => send({ op: 'hubKey.rotate', finish })));
  await askRestingHub(folder, null, ports, async (hub) => {
    const keys = await HubKeys.open(nodeDisk, folder);
    if (finish && !keys.finish(hub, { kind: 'local' }))
      throw new Error('there is no next key yet; make one first, with rotate-key');
    if (!finish) await keys.prepare(hub, { kind: 'local' });
    await hub.outbox.durable(hub.state.seq);
  });
}
