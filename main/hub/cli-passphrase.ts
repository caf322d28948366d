import { askRunningHub, runningHub } from './cli-local-line';
import { defaultLimits } from './limits';
import { startHub } from './open-hub';
import type { FolderPorts } from './ports';
import { refuseWeak } from './set-up';
import { FileStore } from './store/file-store';

/** For a lost passphrase: by the hub that runs on this folder, or in the folder itself. Whoever can read it owns it. */
export async function resetPassphrase(
  folder: string,
  passphrase: string,
  name: string | undefined,
  ports: FolderPorts,
): Promise<void> {
  refuseWeak(passphrase);
  const running = await runningHub(folder);
  if (running)
    return void (await askRunningHub(running, ({ send }) =>
      send({ op: 'passphrase.change', new: passphrase, ...(name === undefined ? {} : { name }) }),
    ));
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup: null, sample: false }, ports, defaultLimits);
    const refusal = await hub.entrance.passphrases.reset(passphrase, name);
    await hub.outbox.durable(hub.state.seq);
    hub.stop();
    if (refusal) throw new Error(refusal.message);
  } finally {
    await store.close();
  }
}
