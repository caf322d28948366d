// The example of a program that speaks first (BO1). `npm run assistant -- --help`.
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(() => runBundled('examples/assistant/cli.ts', 'assistant', process.argv.slice(2)));
