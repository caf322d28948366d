// Measures ratios against a peer in the same run. `npm run bench` runs all, `npm run bench -- route` one family,
// `--rounds N` fewer or more rounds than 7. The table goes to stderr, one JSON line per goal to stdout.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';

// Each is a process of its own, in one file as the hub is when built.
const entries = ['cli.ts', 'servers/hub.ts', 'servers/bare.ts', 'servers/socketio.ts', 'servers/read-journal.ts'];

await main(async () => {
  const outDir = join(outFolder, 'bench');
  await rm(outDir, { recursive: true, force: true });
  for (const entry of entries)
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: `test/bench/${entry}`,
        target: 'node20',
        outDir,
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false } },
      },
    });
  for (const [config, name] of [
    ['vite.hub.config.mts', 'headless'],
    ['vite.worker.config.mts', 'worker'],
  ])
    await build({ root, configFile: join(root, config), logLevel: 'warn', build: { outDir: join(outDir, name) } });
  await handOver(process.execPath, [join(outDir, 'cli.mjs'), ...process.argv.slice(2)]);
});
