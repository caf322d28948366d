import { askRunningHub, runningHub } from './cli-local-line';
import { passphraseLengthMin } from './identity/passphrase';
import { defaultLimits } from './limits';
import { startHub } from './open-hub';
import { type FolderPorts, HubStartError } from './ports';
import { FileStore } from './store/file-store';

/** For a lost passphrase: by the hub that runs on this folder, or in the folder itself. Whoever can read it owns it. */
export async function resetPassphrase(folder: string, passphrase: string, ports: FolderPorts): Promise<void> {
  if (passphrase.length < passphraseLengthMin) {
    const message = `The supervisor's passphrase needs at least ${passphraseLengthMin} characters.`;
    throw new HubStartError('passphraseTooShort', message);
  }
  const running = await runningHub(folder);
  if (running)
    return void (await askRunningHub(running, ({ send }) => send({ op: 'passphrase.change', new: passphrase })));
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup: null, sample: false }, ports, defaultLimits);
    await hub.entrance.resetPassphrase(passphrase);
    hub.stop();
  } finally {
    await store.close();
  }
}
