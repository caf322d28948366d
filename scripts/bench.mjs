// Measures ratios against a peer in the same run. `npm run bench` runs all, `npm run bench -- route` one family,
// `--rounds N` fewer or more rounds than 7. The table goes to stderr, one JSON line per goal to stdout.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build as vite } from 'vite';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { withDisplay } from './lib/system-packages.mjs';

// Each runs as its own process, bundled into one file like the built hub.
const entries = ['cli.ts', 'servers/hub.ts', 'servers/bare.ts', 'servers/socketio.ts', 'servers/read-journal.ts'];
// Loaded by Electron.
const electronEntries = ['desktop/probe.ts', 'desktop/bare-window.ts'];
const external = ['electron', 'playwright', 'playwright/test'];

const bundle = (entry, outDir, format) =>
  vite({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external },
    build: {
      ssr: `test/bench/${entry}`,
      target: format === 'cjs' ? 'node18' : 'node20',
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        external,
        output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].mjs', codeSplitting: false },
      },
    },
  });

await main(async () => {
  await build({ test: true });
  const outDir = join(outFolder, 'bench');
  await rm(outDir, { recursive: true, force: true });
  for (const entry of entries) await bundle(entry, outDir, 'es');
  for (const entry of electronEntries) await bundle(entry, outDir, 'cjs');
  for (const [config, name] of [
    ['vite.hub.config.mts', 'headless'],
    ['vite.worker.config.mts', 'worker'],
  ])
    await vite({ root, configFile: join(root, config), logLevel: 'warn', build: { outDir: join(outDir, name) } });
  const [command, ...args] = withDisplay([process.execPath, join(outDir, 'cli.mjs'), ...process.argv.slice(2)]);
  await handOver(command, args, { env: { ...process.env, FOYER_TEST_ELECTRON: findElectron()?.executable ?? '' } });
});
