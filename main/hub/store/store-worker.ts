import { randomBytes } from 'node:crypto';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { nodeDisk } from './disk';
import { Writer } from './writer';
import type { ToWriter, WriterSetup } from './writer-messages';

/** The entry of the thread that owns the disk. What arrives while it writes waits, and is taken together. */
function serve(port: NonNullable<typeof parentPort>): void {
  const newHubId = () => randomBytes(16).toString('hex');
  const writer = new Writer(nodeDisk, workerData as WriterSetup, newHubId, (message) => port.postMessage(message));
  port.on('message', (first: ToWriter) => {
    const queued = [first];
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) queued.push(next.message);
    writer.take(queued);
  });
}

if (parentPort) serve(parentPort);
