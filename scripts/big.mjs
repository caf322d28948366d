// Saves, opens, backs up, restores, archives and verifies an office with a large state. `npm run big -- --help`.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { outFolder } from './lib/paths.mjs';
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await build();
  const worker = join(outFolder, 'worker', 'store-worker.js');
  await runBundled('test/big/cli.ts', 'big', ['--worker', worker, ...process.argv.slice(2)]);
});
