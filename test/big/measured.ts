import { Worker } from 'node:worker_threads';

/** Looks at the memory of the process from a thread of its own: what is measured may not let go of this one. */
const watcher = `
  const { parentPort } = require('node:worker_threads');
  let most = 0;
  const look = () => { most = Math.max(most, process.memoryUsage.rss()); };
  setInterval(look, 20);
  parentPort.on('message', () => { look(); parentPort.postMessage(most); most = 0; });
`;

const thread = new Worker(watcher, { eval: true });

export async function endMeasuring(): Promise<void> {
  await thread.terminate();
}

function mostBytes(): Promise<number> {
  return new Promise((resolve) => {
    thread.once('message', resolve);
    thread.postMessage(null);
  });
}

/** Prints how long it took, and the memory before it and at most. */
export async function measured(what: string, work: () => Promise<string>): Promise<void> {
  const mib = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;
  globalThis.gc?.();
  await mostBytes();
  const before = process.memoryUsage.rss();
  const startedMs = performance.now();
  const said = await work();
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const line = `${what}: ${seconds} s, memory ${mib(before)} before, ${mib(await mostBytes())} at most`;
  process.stdout.write(`${said === '' ? line : `${line}; ${said}`}\n`);
}
