// Starts Foyer: the app, or without a display the headless hub. --demo starts it with sample data.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { outFolder, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main, PlainError, say } from './lib/say.mjs';
import { hasDisplay } from './lib/system-packages.mjs';

await main(async () => {
  const demo = process.argv.includes('--demo');
  const rest = process.argv.slice(2).filter((argument) => argument !== '--demo');
  await build();
  if (hasDisplay()) await startApp(demo, rest);
  else await startHub(demo, rest);
});

async function startApp(demo, rest) {
  const electron = findElectron();
  if (electron === undefined) throw new PlainError('Electron is not installed; run: node scripts/setup.mjs');
  const asRoot = process.getuid?.() === 0;
  if (asRoot) say("Running as root: Electron's sandbox is off (--no-sandbox). Use an ordinary account for real work.");
  say('Starting Foyer …');
  await handOver(electron.executable, [
    ...(asRoot ? ['--no-sandbox'] : []),
    root,
    ...(demo ? ['--sample-data'] : []),
    ...rest,
  ]);
}

async function startHub(demo, rest) {
  say('There is no display here, so this is the headless hub; open its pages in a browser on this machine.');
  const env = { ...process.env };
  const data = join(root, 'data');
  if (!demo && !rest.includes('--data') && !env.FOYER_PASSPHRASE && !existsSync(join(data, 'hub.json'))) {
    env.FOYER_PASSPHRASE = newPassphrase();
    say(`The supervisor's passphrase, shown only this once: ${env.FOYER_PASSPHRASE}`);
  }
  const folder = demo || rest.includes('--data') ? [] : ['--data', data];
  await handOver(
    process.execPath,
    [join(outFolder, 'hub', 'cli.js'), ...(demo ? ['--demo'] : []), ...folder, ...rest],
    { env },
  );
}

/** Twelve characters that are easily told apart (59 bits). */
function newPassphrase() {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const characters = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return characters.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3');
}
