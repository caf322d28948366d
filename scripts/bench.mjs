// Measures against peers in the same run. `npm run bench` runs all, `npm run bench -- route` one family, `--rounds N` fewer
// or more rounds than 7, `npm run bench -- --help` says what else. The table goes to stderr, one JSON line per goal to stdout.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleBenches } from './lib/bench-bundles.mjs';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { outFolder } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { withDisplay } from './lib/system-packages.mjs';

await main(async () => {
  await build({ test: true });
  const outDir = join(outFolder, 'bench');
  await rm(outDir, { recursive: true, force: true });
  await bundleBenches(outDir, { desktop: true });
  const [command, ...args] = withDisplay([process.execPath, join(outDir, 'cli.mjs'), ...process.argv.slice(2)]);
  await handOver(command, args, { env: { ...process.env, FOYER_TEST_ELECTRON: findElectron()?.executable ?? '' } });
});
