// Packages the app into dist/. --dir: an unpacked folder for this machine; without it, what electron-builder.yml lists
// for this system. All arguments go to electron-builder.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { cacheFolder, root } from './lib/paths.mjs';
import { run, tail } from './lib/run.mjs';
import { main, PlainError, say } from './lib/say.mjs';

await main(async () => {
  const dir = process.argv.includes('--dir');
  const args = process.argv.slice(2);

  const electron = findElectron();
  const substitute = electron !== undefined && !electron.official;
  if (!dir && (electron === undefined || substitute)) {
    throw new PlainError(
      'packages for users are built with the official Electron only, and it is not installed here. npm run dist:dir makes an unpacked development package.',
    );
  }
  await build();
  if (substitute) {
    args.push(`-c.electronDist=${await withoutLoader(electron)}`, `-c.electronVersion=${electron.version}`);
    args.push('-c.extraMetadata.developmentPackage=true', '--config', await configForOlder());
  }
  say('Packaging …');
  const result = await run(process.execPath, [
    join(root, 'node_modules/electron-builder/cli.js'),
    '--publish',
    'never',
    ...args,
  ]);
  if (result.code !== 0) throw new PlainError(`electron-builder failed:\n${tail(result.output, 40)}`);
  const folder = unpackedFolder(result.output);
  if (substitute && folder !== undefined) {
    const note = `Built with Electron ${electron.version}, which gets no security fixes: a development package, not for users.\n`;
    await writeFile(join(folder, 'DEVELOPMENT-PACKAGE.txt'), note);
    say(note.trimEnd());
  }
  say(folder === undefined ? 'Packaged into dist/.' : `Packaged: ${folder}`);
});

/** The registry's Electron as it was before `setup` put its loader in, which must not end up in a package. */
async function withoutLoader(electron) {
  const folder = join(cacheFolder, `electron-${electron.version}-bare`);
  await rm(folder, { recursive: true, force: true });
  // Hard links: electron-builder copies the files before it changes any.
  const copy = await run('cp', ['-al', electron.folder, folder]);
  if (copy.code !== 0) throw new PlainError(`copying the Electron runtime failed:\n${copy.output}`);
  await rm(join(folder, 'resources', 'app'), { recursive: true });
  return folder;
}

/** The older runtime has no place for the youngest fuse, and a fuse it does not know ends the packaging. */
async function configForOlder() {
  const config = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  const file = join(cacheFolder, 'electron-builder-development.yml');
  await writeFile(file, config.replace(/^ +grantFileProtocolExtraPrivileges:.*\n/m, ''));
  return file;
}

function unpackedFolder(output) {
  const found = output.match(/appOutDir=(\S+)/)?.[1];
  return found === undefined ? undefined : join(root, found);
}
