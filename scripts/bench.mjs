// Measures ratios against a peer in the same run. `npm run bench` runs all, `npm run bench -- route` one of them.
// The table goes to stderr, one JSON line per goal to stdout.
import { join } from 'node:path';
import { build } from 'vite';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const outDir = join(outFolder, 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'test/bench/cli.ts',
      target: 'node20',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false } },
    },
  });
  await handOver(process.execPath, [join(outDir, 'cli.mjs'), ...process.argv.slice(2)]);
});
