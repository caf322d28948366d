import { askRunningHub, runningHub } from './cli-local-line';
import { defaultLimits } from './limits';
import { startHub } from './open-hub';
import type { FolderPorts } from './ports';
import { backupName } from './store/backup-file';
import { FileStore } from './store/file-store';

/** Makes a backup of this folder, by the hub that runs on it if there is one. Returns the file's name in `backups`. */
export async function backupFolder(folder: string, ports: FolderPorts): Promise<string> {
  const running = await runningHub(folder);
  if (running) {
    const { fileName } = await askRunningHub(running, ({ send }) => send({ op: 'office.backup' }));
    return String(fileName);
  }
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup: null, sample: false }, ports, defaultLimits);
    const { fileName } = await store.backup(backupName(ports.clock.now()));
    hub.stop();
    return fileName;
  } finally {
    await store.close();
  }
}
