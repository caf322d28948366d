import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { contentHash } from './content-hash.mjs';
import { writeNotices } from './notices.mjs';
import { outFolder, root } from './paths.mjs';
import { run, tail } from './run.mjs';
import { PlainError, say } from './say.mjs';

const common = ['shared', 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/lib/build.mjs'];

// Each part has a stamp of its own, so that a change to one page does not rebuild the rest.
const parts = [
  {
    name: 'app',
    what: 'the app and the workstation',
    sources: ['main', 'renderer', 'electron.vite.config.mts'],
    command: ['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  },
  {
    name: 'hub',
    what: 'the headless hub',
    sources: ['main/hub', 'vite.hub.config.mts'],
    command: ['vite/bin/vite.js', 'build', '--config', 'vite.hub.config.mts', '--logLevel', 'warn'],
  },
  {
    name: 'hub-process',
    what: 'the process of the hub in the app',
    sources: ['main', 'vite.hub-process.config.mts'],
    command: ['vite/bin/vite.js', 'build', '--config', 'vite.hub-process.config.mts', '--logLevel', 'warn'],
  },
  {
    name: 'worker',
    what: 'the thread that owns the disk',
    sources: ['main/hub', 'vite.worker.config.mts'],
    command: ['vite/bin/vite.js', 'build', '--config', 'vite.worker.config.mts', '--logLevel', 'warn'],
  },
  {
    name: 'customer',
    what: "the customer's page",
    sources: ['renderer/customer', 'vite.customer.config.mts'],
    command: ['vite/bin/vite.js', 'build', '--config', 'vite.customer.config.mts', '--logLevel', 'warn'],
  },
  {
    name: 'widget',
    what: 'the widget',
    // It stands beside the customer's page, whose build empties the folder.
    sources: ['renderer/customer', 'renderer/widget', 'vite.customer.config.mts', 'vite.widget.config.mts'],
    command: ['vite/bin/vite.js', 'build', '--config', 'vite.widget.config.mts', '--logLevel', 'warn'],
    script: { file: 'customer/widget.js', gzippedBytesMax: 6_000 },
  },
  {
    name: 'e2e',
    what: 'the app for end-to-end tests',
    sources: ['main', 'test/e2e/app', 'test/electron.vite.config.mts'],
    command: [
      'electron-vite/bin/electron-vite.js',
      'build',
      '--config',
      'test/electron.vite.config.mts',
      '--logLevel',
      'warn',
    ],
    testOnly: true,
  },
  {
    name: 'e2e-hub-process',
    what: 'the process of the hub for end-to-end tests',
    sources: ['main', 'test/e2e/app', 'test/support/napping-clock.ts', 'test/support/hand-clock.ts'],
    command: [
      ...['vite/bin/vite.js', 'build', '--config', 'vite.hub-process.config.mts', '--logLevel', 'warn'],
      ...['--ssr', 'test/e2e/app/hub-process.ts', '--outDir', 'out/e2e-hub-process'],
    ],
    testOnly: true,
  },
];

/** Builds into `out/` what has changed since it was built last, with the notices of what others have made. */
export async function build({ test = false } = {}) {
  for (const part of parts) {
    if (part.testOnly && !test) continue;
    const stamp = join(outFolder, '.stamps', part.name);
    const hash = await contentHash(root, [...part.sources, ...common]);
    if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) continue;
    await rm(stamp, { force: true });
    say(`Building ${part.what} …`);
    const [script, ...args] = part.command;
    const result = await run(process.execPath, [join(root, 'node_modules', script), ...args]);
    if (result.code !== 0) throw new PlainError(`building ${part.what} failed:\n${tail(plain(result.output), 40)}`);
    if (/warn/i.test(result.output)) say(tail(plain(result.output), 20));
    if (part.script) await weigh(part.script);
    await mkdir(join(outFolder, '.stamps'), { recursive: true });
    await writeFile(stamp, hash);
  }
  await writeNotices();
}

/** What every visitor of a shop loads has a bound. */
async function weigh({ file, gzippedBytesMax }) {
  const bytes = gzipSync(await readFile(join(outFolder, file)), { level: 9 }).length;
  const size = `${file}: ${bytes} bytes gzipped, at most ${gzippedBytesMax}`;
  if (bytes > gzippedBytesMax) throw new PlainError(`too large: ${size}`);
  say(`  ${size}`);
}

/** Without colours, and without the stack inside the build tool. */
function plain(output) {
  const lines = stripVTControlCharacters(output).split('\n');
  return lines.filter((line) => !line.startsWith('    at ')).join('\n');
}
