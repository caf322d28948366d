import { existsSync } from 'node:fs';
import { run, tail } from './run.mjs';
import { PlainError, say } from './say.mjs';

// What to look for, and the Debian package that brings it. Ubuntu 24.04 and Debian 13 renamed some (`…t64`).
const electronLibraries = [
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libasound.so.2', 'libasound2'],
  ['libgbm.so.1', 'libgbm1'],
  ['libnotify.so.4', 'libnotify4'],
  ['libXss.so.1', 'libxss1'],
  ['libsecret-1.so.0', 'libsecret-1-0'],
];

/**
 * Makes sure of the system's own libraries (Linux only): installs them as root on Debian and its relatives, elsewhere
 * prints the one command to type. Throws only when Foyer cannot do without what is missing.
 */
export async function installSystemPackages({ electron, test }) {
  if (process.platform !== 'linux') return;
  const missing = [];
  if (electron) missing.push(...(await missingLibraries()));
  if (test) missing.push(...(await missingForTests()));
  if (missing.length === 0) return;

  const names = missing.map((entry) => entry.name);
  const onDebian = existsSync('/usr/bin/apt-get');
  if (onDebian && process.getuid() === 0) {
    await aptInstall(names);
    return;
  }
  const command = onDebian ? `sudo apt-get install -y ${names.join(' ')}` : undefined;
  const advice = command
    ? `Install them with:\n\n  ${command}\n`
    : `Install what your system calls them (Debian names): ${names.join(' ')}`;
  const indispensable = missing.some((entry) => entry.indispensable);
  if (indispensable) throw new PlainError(`system packages are missing. ${advice}`);
  say(`Some system packages are missing; Foyer runs without them. ${advice}`);
}

async function missingLibraries() {
  const ldconfig = existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig';
  const { stdout } = await run(ldconfig, ['-p']);
  return electronLibraries
    .filter(([library]) => !stdout.includes(`\t${library} `))
    .map(([, name]) => ({ name, indispensable: true }));
}

async function missingForTests() {
  const missing = [];
  if (!hasDisplay() && !(await onPath('xvfb-run'))) missing.push({ name: 'xvfb', indispensable: true });
  // Network namespaces, for two desktops on two machines; only root may make them.
  if (process.getuid() === 0 && !(await onPath('ip'))) missing.push({ name: 'iproute2', indispensable: true });
  if (!hasDisplay() && !(await onPath('xauth'))) missing.push({ name: 'xauth', indispensable: true });
  if (!['chromium', 'chromium-browser', 'google-chrome'].some((name) => existsSync(`/usr/bin/${name}`))) {
    missing.push({ name: 'chromium', indispensable: true });
  }
  // In front of the customers' listener, as main/hub/listen/PROXY.md has it; only its own test fails without.
  if (!existsSync('/usr/sbin/nginx')) missing.push({ name: 'nginx-light', indispensable: false });
  // For pictures of the windows; without, these are drawn as boxes.
  for (const [pattern, name] of [
    [':lang=zh-cn', 'fonts-noto-cjk'],
    [':charset=1f64f', 'fonts-noto-color-emoji'],
  ]) {
    const fonts = await run('fc-list', [pattern, 'family']);
    if (fonts.code !== 0 || fonts.stdout.trim() === '') missing.push({ name, indispensable: false });
  }
  return missing;
}

/** Whether there is a screen to draw on. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function onPath(command) {
  return (await run('sh', ['-c', `command -v ${command}`])).code === 0;
}

async function aptInstall(names) {
  say(`Installing system packages: ${names.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-q'], { env });
  if (update.code !== 0)
    say(`apt-get update failed, trying with the package lists there are.\n${tail(update.output, 3)}`);
  const renamed = await Promise.all(
    names.map(async (name) => ((await run('apt-cache', ['show', `${name}t64`])).code === 0 ? `${name}t64` : name)),
  );
  const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...renamed], { env });
  if (install.code !== 0) {
    throw new PlainError(`apt-get could not install ${renamed.join(' ')}:\n${tail(install.output)}`);
  }
  say('System packages installed.');
}

/**
 * The command with a display of its own where there is none. `-noreset`: without it the server starts anew whenever its
 * last window closes, and refuses connections meanwhile.
 */
export function withDisplay(command) {
  return hasDisplay() ? command : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24 -noreset', ...command];
}
