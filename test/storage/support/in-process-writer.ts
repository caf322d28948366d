import { askArchive } from '../../../main/hub/store/archive-reader';
import { type Disk, nodeDisk } from '../../../main/hub/store/disk';
import { makeBackup } from '../../../main/hub/store/make-backup';
import { Writer } from '../../../main/hub/store/writer';
import type { StartWriter, ToWriter } from '../../../main/hub/store/writer-messages';

/** The writer in the test's own thread, over any disk. What is posted within one turn is taken together. */
export function inProcessWriter(disk: Disk = nodeDisk): StartWriter {
  return (setup, tell) => {
    const writer = new Writer(
      disk,
      setup,
      () => 'hub-1',
      (message) => tell(structuredClone(message)),
    );
    let queued: ToWriter[] = [];
    return {
      post(message) {
        if (queued.push(message) > 1) return;
        queueMicrotask(() => {
          const taken = queued;
          queued = [];
          writer.take(taken);
        });
      },
      askArchive: async (task) => structuredClone(askArchive(disk, setup.folder, task)),
      makeBackup: async (staged, passphrase) => makeBackup(staged, passphrase),
      end: async () => undefined,
    };
  };
}
