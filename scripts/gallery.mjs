// Draws every screen and state of the real windows into test/gallery, and has axe look at each in every size.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { withDisplay } from './lib/system-packages.mjs';

await main(async () => {
  await build({ test: true });
  const runner = [process.execPath, join(root, 'node_modules/playwright/cli.js'), 'test'];
  runner.push('--config', 'test/gallery.config.mts', ...process.argv.slice(2));
  const [command, ...args] = withDisplay(runner);
  await handOver(command, args);
});
