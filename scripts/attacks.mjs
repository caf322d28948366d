// Attacks a real hub, and checks that it names each refusal and keeps serving others. `npm run attacks -- --help`, and the
// same for `floods` and `searches`.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { outFolder } from './lib/paths.mjs';
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command !== 'floods' && command !== 'searches')
    return runBundled('test/attacks/cli.ts', 'attacks', process.argv.slice(2));
  await build();
  const worker = join(outFolder, 'worker', 'store-worker.js');
  if (command === 'searches')
    return runBundled('test/attacks/searches/cli.ts', 'searches', ['--worker', worker, ...rest]);
  const cli = join(outFolder, 'hub', 'cli.js');
  await runBundled('test/attacks/floods/cli.ts', 'floods', ['--cli', cli, ...rest]);
});
