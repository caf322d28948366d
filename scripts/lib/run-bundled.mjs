import { join } from 'node:path';
import { build } from 'vite';
import { outFolder, root } from './paths.mjs';
import { handOver } from './run.mjs';

/** Bundles a command written in TypeScript, `test/…/cli.ts`, into `out/<name>`, and runs it with `args`. */
export async function runBundled(entry, name, args) {
  const outDir = join(outFolder, name);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false } },
    },
  });
  await handOver(process.execPath, [join(outDir, 'cli.mjs'), ...args]);
}
