import type { JournalPorts, StartTail } from '../../../main/hub/store/appender';
import { askArchive } from '../../../main/hub/store/archive-reader';
import { type Disk, nodeDisk } from '../../../main/hub/store/disk';
import { JournalTail } from '../../../main/hub/store/journal-tail';
import { makeBackup } from '../../../main/hub/store/make-backup';
import { Writer } from '../../../main/hub/store/writer';
import type { StartWriter } from '../../../main/hub/store/writer-messages';

/** The writer in the test's own thread, over any disk; `syncMs`: how long each write of the journal seems to take. */
export function inProcessWriter(disk: Disk = nodeDisk, syncMs = 0): StartWriter {
  return (setup, tell) => {
    const writer = new Writer(
      disk,
      setup,
      () => 'hub-1',
      (message) => tell(structuredClone(message)),
    );
    return {
      journal: inProcessJournal(disk, syncMs),
      post: (message) => queueMicrotask(() => writer.take(structuredClone(message))),
      askArchive: async (task) => structuredClone(askArchive(disk, setup.folder, task)),
      makeBackup: async (staged, passphrase) => makeBackup(staged, passphrase),
      end: async () => undefined,
    };
  };
}

/** What is appended within one turn is written together. */
export function inProcessJournal(disk: Disk, syncMs = 0): JournalPorts {
  let nowMs = 0;
  return {
    disk,
    atTurnEnd: (run) => queueMicrotask(run),
    // Measured before and after each write.
    nowMs: () => {
      nowMs += syncMs;
      return nowMs;
    },
    startTail: inProcessTail(disk),
  };
}

/** The thread of a slow disk, in the test's own. */
function inProcessTail(disk: Disk): StartTail {
  return (folder, end) => {
    const tail = new JournalTail(disk, folder, end, () => 0);
    return {
      do: (work, done) => queueMicrotask(() => done(structuredClone(tail.do(structuredClone(work))))),
      close: () => tail.close(),
    };
  };
}
