// Lives many seeds through the routing core and checks every rule after every command. `npm run sim -- --help`.
import { join } from 'node:path';
import { build } from 'vite';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const outDir = join(outFolder, 'sim');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'test/simulation/cli.ts',
      target: 'node20',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false } },
    },
  });
  await handOver(process.execPath, [join(outDir, 'cli.mjs'), ...process.argv.slice(2)]);
});
