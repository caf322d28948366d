// Attacks a real hub, and checks that it names what it refuses and serves others. `npm run attacks -- --help`, and
// `npm run attacks -- floods --help`.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { outFolder } from './lib/paths.mjs';
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command !== 'floods') return runBundled('test/attacks/cli.ts', 'attacks', process.argv.slice(2));
  await build();
  const cli = join(outFolder, 'hub', 'cli.js');
  await runBundled('test/attacks/floods/cli.ts', 'floods', ['--cli', cli, ...rest]);
});
