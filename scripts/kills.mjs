// Kills a real hub under load again and again, and checks that nothing acknowledged is lost. `npm run kills -- --help`.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { outFolder } from './lib/paths.mjs';
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await build();
  const cli = join(outFolder, 'hub', 'cli.js');
  await runBundled('test/kills/cli.ts', 'kills', ['--cli', cli, ...process.argv.slice(2)]);
});
