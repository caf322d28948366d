import { type MessagePort, Worker } from 'node:worker_threads';
import type { StartTail } from './appender';
import { nodeDisk } from './disk';
import type { JournalEnd } from './journal-reader';
import { JournalTail, type TailDone, type TailWork } from './journal-tail';

/** Worker data of the thread that appends where a sync is slow. */
export interface TailSetup {
  appendIn: string;
  end: JournalEnd;
}

/** Appends on a thread of its own; `path` is the built entry (`store-worker.ts`). */
export function tailThread(path: string): StartTail {
  return (folder, end) => {
    const setup: TailSetup = { appendIn: folder, end };
    const worker = new Worker(path, { workerData: setup });
    let finish: (done: TailDone) => void = () => undefined;
    worker.on('message', (done: TailDone) => finish(done));
    let death: TailDone | null = null;
    worker.on('error', ({ message }) => {
      death = { kind: 'failed', problem: { kind: 'readOnly', reason: 'fault', freeBytes: null, message }, fault: null };
      finish(death);
    });
    return {
      do(work, done) {
        finish = (said) => {
          finish = () => undefined;
          done(said);
        };
        if (death) finish(death);
        else worker.postMessage(work);
      },
      close: () => void worker.terminate(),
    };
  };
}

/** The thread's side of it. */
export function serveTail(port: MessagePort, { appendIn, end }: TailSetup): void {
  const tail = new JournalTail(nodeDisk, appendIn, end, () => performance.now());
  port.on('message', (work: TailWork) => port.postMessage(tail.do(work)));
}
