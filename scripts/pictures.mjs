// Draws the screens of the real windows into test/pictures.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { hasDisplay } from './lib/system-packages.mjs';

await main(async () => {
  await build({ test: true });
  const runner = [process.execPath, join(root, 'node_modules/playwright/cli.js'), 'test'];
  runner.push('--config', 'test/pictures.config.mts', ...process.argv.slice(2));
  const [command, ...args] = hasDisplay() ? runner : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...runner];
  await handOver(command, args);
});
