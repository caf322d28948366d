// Builds the app into out/; with --test also the app the end-to-end tests start. Skips what has not changed.
import { build } from './lib/build.mjs';
import { main } from './lib/say.mjs';

await main(() => build({ test: process.argv.includes('--test') }));
