import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ArchiveTask } from './archive-reader';
import { ReaderThread } from './reader-thread';
import type { MadeBackup } from './store';
import type { BackupTask, FromWriter, StartWriter, ToWriter } from './writer-messages';

const searches: ReadonlySet<ArchiveTask['kind']> = new Set(['narrow', 'search', 'words']);

/**
 * Runs the writer in its own thread; `path` is the built entry (`store-worker.ts`). Messages posted within one turn of
 * the event loop are sent together.
 */
export function writerThread(path: string): StartWriter {
  return (setup, tell) => {
    const start = () => {
      const started = new Worker(path, { workerData: setup });
      started.on('message', (message: FromWriter) => tell(message));
      started.on('error', ({ message }) => {
        worker = null;
        const problem = { kind: 'readOnly', reason: 'fault', freeBytes: null, message } as const;
        tell({ kind: 'failed', problem });
      });
      return started;
    };
    const reader = new ReaderThread(path, { archiveIn: setup.folder });
    // A second thread, so that opening a conversation doesn't wait for another person's search.
    const searcher = new ReaderThread(path, { archiveIn: setup.folder });
    let worker: Worker | null = start();
    let turn: ToWriter[] = [];
    const postTurn = () => {
      // A crashed thread is restarted at the next post, normally a `load`.
      worker ??= start();
      worker.postMessage(turn);
      turn = [];
    };
    return {
      post(message) {
        const last = turn.at(-1);
        if (last?.kind === 'append' && message.kind === 'append') last.jsons.push(...message.jsons);
        // Posted after all pending I/O is read, so that commands that arrived together share a post, and then a sync.
        else if (turn.push(message) === 1) setImmediate(postTurn);
      },
      makeBackup: (staged, passphrase) => runOnce(path, { backup: staged, passphrase }),
      askArchive: (task) => (searches.has(task.kind) ? searcher : reader).ask(task),
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

/** Runs one backup in its own thread; rejects with a message for a person. */
function runOnce(path: string, task: BackupTask): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The backup was not finished.')));
  });
}
