import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { npm } from './run.mjs';
import { PlainError, say } from './say.mjs';

/** Refuses a Node older than package.json asks for. */
export async function checkNode() {
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const wanted = engines.node.replace(/[^\d.]/g, '');
  if (compareVersions(process.versions.node, wanted) < 0) {
    throw new PlainError(
      `Foyer needs Node ${wanted} or newer; this is Node ${process.versions.node}. Install a newer one from nodejs.org or your system's packages.`,
    );
  }
}

/** Negative when `left` is the older version; numbers only. */
export function compareVersions(left, right) {
  const [a, b] = [left, right].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Installs what the lockfile says, unless it is there already. */
export async function installDependencies() {
  if (await installed()) return;
  say('Installing dependencies (npm ci), a minute or two on a slow line …');
  const started = Date.now();
  const result = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { show: 'live' });
  if (result.code !== 0) {
    throw new PlainError('npm ci failed; what it said is above. Is the package registry reachable?');
  }
  say(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function installed() {
  try {
    const [wanted, present] = await Promise.all(
      // npm writes the second one when, and only when, an installation is complete.
      ['package-lock.json', 'node_modules/.package-lock.json'].map(async (name) =>
        JSON.parse(await readFile(join(root, name), 'utf8')),
      ),
    );
    return sameInstallation(wanted.packages, present.packages);
  } catch {
    return false;
  }
}

/** Whether every package of the lockfile is installed in its version; optional ones may be missing (other systems). */
export function sameInstallation(wanted, present) {
  const names = Object.keys(wanted).filter((name) => name !== '');
  const asWanted = names.every((name) => {
    const found = present[name];
    if (found === undefined) return wanted[name].optional === true;
    return found.version === wanted[name].version && found.integrity === wanted[name].integrity;
  });
  return asWanted && Object.keys(present).every((name) => wanted[name] !== undefined);
}
