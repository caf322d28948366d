import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const checks = [
  { name: 'types', command: ['typescript/bin/tsc', '--noEmit'] },
  { name: 'lint and format', command: ['@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'dead exports, files and dependencies', command: ['knip/bin/knip.js', '--no-progress'] },
];

/** Types, lint and dead code, each counted as one test; what fails is shown. */
export async function runChecks() {
  let failed = 0;
  for (const { name, command } of checks) {
    const [script, ...args] = command;
    const result = await run(process.execPath, [join(root, 'node_modules', script), ...args]);
    if (result.code === 0) {
      say(`✓ ${name}`);
      continue;
    }
    failed += 1;
    say(`${result.output.trimEnd()}\n✗ ${name}`);
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}
