import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MadeBackup } from './make-backup';
import type { BackupTask, FromWriter, StartWriter } from './writer-messages';

/** Runs the writer in a thread of its own, whose built entry (`store-worker.ts`) is the file `path`. */
export function writerThread(path: string): StartWriter {
  return (setup, tell) => {
    const start = () => {
      const started = new Worker(path, { workerData: setup });
      started.on('message', (message: FromWriter) => tell(message));
      started.on('error', ({ message }) => {
        worker = null;
        const problem = { kind: 'readOnly', reason: 'ioError', freeBytes: null, message } as const;
        tell({ kind: 'failed', problem });
      });
      return started;
    };
    let worker: Worker | null = start();
    return {
      post(message) {
        // One that has died is replaced by the next that loads what is on disk.
        worker ??= start();
        worker.postMessage(message);
      },
      makeBackup: (staged) => runOnce(path, { backup: staged }),
      async end() {
        const ending = worker;
        worker = null;
        if (!ending) return;
        const gone = once(ending, 'exit');
        await ending.terminate();
        await gone;
      },
    };
  };
}

/** A thread for one backup; what goes wrong there is a message for a person. */
function runOnce(path: string, task: BackupTask): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The backup was not finished.')));
  });
}
