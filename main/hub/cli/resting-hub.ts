import { defaultLimits } from '../limits';
import type { HubOptions } from '../running-hub';
import { type Hub, startHub } from '../start-hub';
import { FileStore } from '../store/file-store';
import type { FolderPorts } from '../store/writer-messages';

/** For a folder on which no hub runs: starts one for the work, and stops it even when the work fails. */
export async function askRestingHub<T>(
  folder: string,
  setup: HubOptions['setup'],
  ports: FolderPorts,
  ask: (hub: Hub, store: FileStore) => Promise<T>,
): Promise<T> {
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup, sample: false }, ports, defaultLimits);
    try {
      return await ask(hub, store);
    } finally {
      hub.stop();
    }
  } finally {
    await store.close();
  }
}
