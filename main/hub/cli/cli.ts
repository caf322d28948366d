import { join } from 'node:path';
import { writerThread } from '../store/writer-thread';
import { runCli } from './run';

// The built pages are beside this file's folder: out/hub/cli.js, out/renderer, out/customer.
const pages = { workstation: join(__dirname, '..', 'renderer'), customer: join(__dirname, '..', 'customer') };

void runCli(
  process.argv.slice(2),
  process.env,
  pages,
  writerThread(join(__dirname, '..', 'worker', 'store-worker.js')),
).then((code) => {
  process.exitCode = code;
});
