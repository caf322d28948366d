// Sends a real hub malformed frames without end, and checks that it names each and serves others. `npm run attacks -- --help`.
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(() => runBundled('test/attacks/cli.ts', 'attacks', process.argv.slice(2)));
