// Installs what a command needs; takes a moment when it is installed already.
//   node scripts/setup.mjs            for the app (without a display: for the headless hub only)
//   node scripts/setup.mjs --hub      dependencies only
//   node scripts/setup.mjs --electron the runtime too, display or not
//   node scripts/setup.mjs --test     and what the tests need
import { checkNode, installDependencies } from './lib/dependencies.mjs';
import { installElectron } from './lib/electron-runtime.mjs';
import { main } from './lib/say.mjs';
import { hasDisplay, installSystemPackages } from './lib/system-packages.mjs';

await main(async () => {
  const has = (name) => process.argv.includes(`--${name}`);
  const electron = !has('hub') && (has('test') || has('electron') || hasDisplay());
  await checkNode();
  await installDependencies();
  if (!electron) return;
  await installSystemPackages({ electron: has('test') || hasDisplay(), test: has('test') });
  await installElectron();
});
