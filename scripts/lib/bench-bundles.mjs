import { join } from 'node:path';
import { build as vite } from 'vite';
import { root } from './paths.mjs';

// Each runs as its own process, bundled into one file like the built hub.
const servers = ['hub', 'bare', 'socketio', 'fill', 'write-file', 'read-journal', 'read-archive'];
const entries = ['cli.ts', ...servers.map((name) => `servers/${name}.ts`)];
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

/** Bundles the benches, their servers and the hub into an empty folder. */
export async function bundleBenches(outDir, { desktop }) {
  for (const entry of entries) await bundle(entry, outDir, 'es');
  if (desktop) for (const entry of electronEntries) await bundle(entry, outDir, 'cjs');
  for (const [config, name] of [
    ['vite.hub.config.mts', 'headless'],
    ['vite.worker.config.mts', 'worker'],
  ])
    await vite({ root, configFile: join(root, config), logLevel: 'warn', build: { outDir: join(outDir, name) } });
}
