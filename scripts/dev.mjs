// The app with reload on change: pages at once, the main process by a restart.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main, PlainError } from './lib/say.mjs';
import { hasDisplay } from './lib/system-packages.mjs';

await main(async () => {
  if (!hasDisplay()) throw new PlainError('npm run dev needs a display; npm start runs the headless hub without one.');
  const electron = findElectron();
  if (electron === undefined) throw new PlainError('Electron is not installed; run: node scripts/setup.mjs --electron');
  // The hub inside serves the built pages to browsers; the app's own window shows them live.
  await build();
  // The output is a development build from now on, so the next start has to build again.
  await rm(join(outFolder, '.stamps', 'app'), { force: true });
  const asRoot = process.getuid?.() === 0;
  await handOver(
    process.execPath,
    [
      join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
      'dev',
      '--watch',
      ...(asRoot ? ['--noSandbox'] : []),
      ...process.argv.slice(2),
    ],
    { env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable } },
  );
});
