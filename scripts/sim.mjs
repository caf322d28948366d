// Runs random offices through the routing core, one per seed, and checks every rule after every command. `npm run sim -- --help`.
import { runBundled } from './lib/run-bundled.mjs';
import { main } from './lib/say.mjs';

await main(() => runBundled('test/simulation/cli.ts', 'sim', process.argv.slice(2)));
