// The headless hub. What this script says goes to stderr: with --json, stdout carries the hub's one line only.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { outFolder } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { main } from './lib/say.mjs';

// What a message leaves behind is garbage within a moment: with more room for the young, little of it is copied first.
const nodeOptions = ['--max-semi-space-size=32'];

await main(async () => {
  await build();
  // In the folder of the person who called, so that a relative --data means what they think.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  await handOver(process.execPath, [...nodeOptions, join(outFolder, 'hub', 'cli.js'), ...process.argv.slice(2)], {
    cwd,
  });
});
