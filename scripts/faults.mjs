// Makes every disk call fail in every way, and checks that nothing acknowledged is lost. `npm run faults -- --help`.
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(() => runBundled('test/faults/cli.ts', 'faults', process.argv.slice(2)));
