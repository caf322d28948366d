import { randomBytes } from 'node:crypto';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { nodeDisk } from './disk';
import { makeBackup } from './make-backup';
import { Writer } from './writer';
import type { BackupTask, ToWriter, WriterSetup } from './writer-messages';

type Port = NonNullable<typeof parentPort>;

/** The thread that owns the disk. What arrives while it writes waits, and is taken together. */
function serve(port: Port, setup: WriterSetup): void {
  const newHubId = () => randomBytes(16).toString('hex');
  const writer = new Writer(nodeDisk, setup, newHubId, (message) => port.postMessage(message));
  port.on('message', (first: ToWriter[]) => {
    const queued = [...first];
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) queued.push(...next.message);
    writer.take(queued);
  });
}

/** The entry of both threads of a data folder. */
function run(port: Port, task: WriterSetup | BackupTask): void {
  if ('backup' in task) port.postMessage(makeBackup(task.backup));
  else serve(port, task);
}

if (parentPort) run(parentPort, workerData as WriterSetup | BackupTask);
