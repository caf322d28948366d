import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ArchiveTask } from './archive-reader';
import { nodeDisk } from './disk';
import { GatheredRecords } from './gathered-records';
import { ReaderThread } from './reader-thread';
import type { MadeBackup } from './store';
import { tailThread } from './tail-thread';
import type { BackupTask, FromWriter, StartWriter, ToWriter } from './writer-messages';

const searches: ReadonlySet<ArchiveTask['kind']> = new Set(['narrow', 'search', 'words', 'count']);

/**
 * Runs the writer in its own thread; `path` is the built entry (`store-worker.ts`). Records are sent in gathered posts,
 * everything else at once.
 */
export function writerThread(path: string): StartWriter {
  return (setup, tell) => {
    const start = () => {
      const started = new Worker(path, { workerData: setup });
      started.on('message', (message: FromWriter) => tell(message));
      started.on('error', ({ message }) => {
        worker = null;
        tell({ kind: 'ended', message });
      });
      return started;
    };
    const reader = new ReaderThread(path, { archiveIn: setup.folder });
    // A second thread, so that opening a conversation doesn't wait for another person's search.
    const searcher = new ReaderThread(path, { archiveIn: setup.folder });
    let worker: Worker | null = start();
    const send = (message: ToWriter) => {
      // A crashed thread is restarted at the next post, normally a `load`.
      worker ??= start();
      worker.postMessage(message);
    };
    const records = new GatheredRecords((jsons) => send({ kind: 'append', jsons }), afterMs);
    return {
      journal: {
        disk: nodeDisk,
        atTurnEnd: (run) => void setImmediate(run),
        nowMs: () => performance.now(),
        startTail: tailThread(path),
      },
      post(message) {
        if (message.kind === 'append') {
          records.add(message.jsons);
          return;
        }
        records.flush();
        send(message);
      },
      makeBackup: (staged, passphrase) => runOnce(path, { backup: staged, passphrase }),
      askArchive: (task) => (isLong(task) ? searcher : reader).ask(task),
      async end() {
        await reader.end();
        await searcher.end();
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

function afterMs(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Whether it reads files in proportion to the past, and others must not wait for it. */
function isLong(task: ArchiveTask): boolean {
  return task.kind === 'past' ? 'customerId' in task.sought : searches.has(task.kind);
}

/** Runs one backup in its own thread; rejects with a message for a person. */
function runOnce(path: string, task: BackupTask): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The backup was not finished.')));
  });
}
