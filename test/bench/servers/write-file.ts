import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { serve } from './serve';

// Writes so many bytes into a file, synced every 4 MiB, as the hub writes a snapshot; ready when it is done.
const [path = '', bytes = '0'] = process.argv.slice(2);
const piece = Buffer.alloc(64 * 1024, 'a');
const syncedEvery = 64;
const file = openSync(path, 'w');
for (let index = 1; index * piece.length <= Number(bytes); index += 1) {
  writeSync(file, piece);
  if (index % syncedEvery === 0) fdatasyncSync(file);
}
fdatasyncSync(file);
closeSync(file);
serve({});
