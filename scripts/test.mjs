// Runs every test: types, lint and dead code; vitest (units and the hub); a build; Playwright (real Electron and Chromium).
// Arguments are file filters for both runners; with any, only what they match is run.
// The last line is always `N passed, N failed`.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { cacheFolder, root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { withDisplay } from './lib/system-packages.mjs';
import { add, countPlaywright, countVitest, isEmpty, noTests, settle, summary } from './lib/test-counts.mjs';

// Far above what the tests need: a run that hangs must end too.
const unitTimeoutMs = 15 * 60_000;
const e2eTimeoutMs = 30 * 60_000;

const reports = join(cacheFolder, 'test-reports');
const filters = process.argv.slice(2);
const hasFilters = filters.length > 0;
// Filters may match tests of one runner only.
const runnerOptions = { mayBeEmpty: hasFilters, say };

let total = noTests;
let printed = false;
function printSummary() {
  if (printed) return;
  printed = true;
  process.stdout.write(`${summary(total)}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
// Also when this script fails itself, or is told to stop.
process.on('exit', printSummary);
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    say(String(error?.stack ?? error));
    total = add(total, { ...noTests, failed: 1 });
    process.exit(1);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    total = add(total, { ...noTests, failed: 1 });
    process.exit(1);
  });
}

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
if (!hasFilters) {
  say('— types, lint and dead code —');
  total = add(total, await runChecks());
}
total = add(total, await runUnitTests());
total = add(total, await runEndToEndTests());
if (isEmpty(total)) {
  say(`No test file matches ${filters.join(' ')}.`);
  total = add(total, { ...noTests, failed: 1 });
}
printSummary();

async function runUnitTests() {
  say('— unit tests and the hub —');
  const report = join(reports, 'unit.json');
  const result = await run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--config', 'test/vitest.config.mts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...(hasFilters ? ['--passWithNoTests', ...filters] : []),
    ],
    { show: 'live', timeoutMs: unitTimeoutMs },
  );
  return settle(result, await count(report, countVitest), runnerOptions);
}

async function runEndToEndTests() {
  say('— end to end —');
  try {
    await build({ test: true });
  } catch (error) {
    say(error.message);
    return { ...noTests, failed: 1 };
  }
  const report = join(reports, 'e2e.json');
  const runner = [
    process.execPath,
    join(root, 'node_modules/playwright/cli.js'),
    'test',
    ...['--config', 'test/playwright.config.mts'],
    ...(hasFilters ? ['--pass-with-no-tests', ...filters] : []),
  ];
  const [command, ...args] = withDisplay(runner);
  const env = { ...process.env, FOYER_E2E_REPORT: report };
  const result = await run(command, args, { show: 'live', timeoutMs: e2eTimeoutMs, env });
  return settle(result, await count(report, countPlaywright), runnerOptions);
}

async function count(report, counter) {
  try {
    return counter(JSON.parse(await readFile(report, 'utf8')));
  } catch {
    return noTests;
  }
}
