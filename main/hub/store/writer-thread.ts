import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromWriter, StartWriter } from './writer-messages';

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
