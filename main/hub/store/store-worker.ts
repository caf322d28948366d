import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { askArchive } from './archive-reader';
import { nodeDisk } from './disk';
import { makeBackup } from './make-backup';
import type { Asked, ReaderSetup, Told } from './reader-thread';
import { serveTail, type TailSetup } from './tail-thread';
import { Writer } from './writer';
import type { BackupTask, ToWriter, WriterSetup } from './writer-messages';

type Port = NonNullable<typeof parentPort>;

/** The writer's thread. */
function serve(port: Port, setup: WriterSetup): void {
  const newHubId = () => randomBytes(16).toString('hex');
  const writer = new Writer(nodeDisk, setup, newHubId, (message) => port.postMessage(message));
  port.on('message', (message: ToWriter) => writer.take(message));
}

/** A reader's thread, which writes nothing. */
function serveReader(port: Port, { archiveIn }: ReaderSetup): void {
  const told = ({ number, task }: Asked): Told => {
    try {
      return { number, answer: askArchive(nodeDisk, archiveIn, task) };
    } catch (error) {
      return { number, message: error instanceof Error ? error.message : String(error) };
    }
  };
  port.on('message', (asked: Asked) => port.postMessage(told(asked)));
}

type ThreadTask = WriterSetup | BackupTask | ReaderSetup | TailSetup;

/** Entry point of every thread of a data folder. */
function run(port: Port, task: ThreadTask): void {
  if ('backup' in task) port.postMessage(makeBackup(task.backup, task.passphrase));
  else if ('archiveIn' in task) serveReader(port, task);
  else if ('appendIn' in task) serveTail(port, task);
  else serve(port, task);
}

if (parentPort) run(parentPort, workerData as ThreadTask);
