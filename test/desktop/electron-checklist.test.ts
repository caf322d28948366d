import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../support/electron';

const read = (path: string) => readFileSync(join(rootFolder, path), 'utf8');
const sources = readdirSync(join(rootFolder, 'main/desktop'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `main/desktop/${name}`)
  .concat('main/index.ts', 'main/preload.ts');

test('every point has a test, and every test named is there', () => {
  const rows = [...read('main/desktop/CHECKLIST.md').matchAll(/^\| (\d+)\..*\| `(test\/\S+)`: (.+) \|$/gm)];
  expect(rows.map(([, point]) => Number(point))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  const missing = rows.filter(([, , path, name]) => !read(path!).includes(`('${name}'`));
  expect(missing.map(([row]) => row)).toEqual([]);
});

test('no window turns a protection off', () => {
  const factory = read('main/desktop/window.ts');
  for (const said of [
    ...['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webSecurity: true', 'webviewTag: false'],
    ...['allowRunningInsecureContent: false', 'nodeIntegrationInWorker: false', 'nodeIntegrationInSubFrames: false'],
  ])
    expect(factory).toContain(said);
  const all = sources.map(read).join('\n');
  expect(all.match(/new BrowserWindow\(/g)).toHaveLength(1);
  for (const off of [
    /experimentalFeatures/,
    /enableBlinkFeatures/,
    /allowpopups/i,
    /webSecurity: false/,
    /sandbox: false/,
  ])
    expect(all).not.toMatch(off);
});

test('every page there ever is, is locked down', () => {
  const source = read('main/desktop/lock-down.ts');
  for (const event of ['will-navigate', 'will-redirect', 'will-attach-webview'])
    expect(source).toMatch(new RegExp(`contents\\.on\\('${event}'`));
  expect(source).toContain("app.on('web-contents-created'");
});

test('there is one door for messages, and it looks at the sender', () => {
  const doors = sources.filter((path) => /\bipc(?:Main)?\.(?:on|once|handle)/.test(read(path)));
  expect(doors).toEqual(['main/desktop/bridge.ts']);
  const bridge = read('main/desktop/bridge.ts');
  expect(bridge.match(/\bipc\.(?:on|once|handle)\w*\(/g)).toHaveLength(1);
  expect(bridge).toMatch(/if \(!isFrom\(event, contents, \w+\)\)/);
});

test('Electron is pinned to one that is kept up', () => {
  const [major] = JSON.parse(read('package.json')).devDependencies.electron.split('.');
  // The oldest that still got fixes when this was written.
  expect(Number(major)).toBeGreaterThanOrEqual(43);
});

test('packages are built with the fuses set', () => {
  const config = read('electron-builder.yml');
  for (const fuse of [
    ...['runAsNode: false', 'enableNodeOptionsEnvironmentVariable: false', 'enableNodeCliInspectArguments: false'],
    ...['enableEmbeddedAsarIntegrityValidation: true', 'onlyLoadAppFromAsar: true', 'enableCookieEncryption: true'],
    'grantFileProtocolExtraPrivileges: false',
  ])
    expect(config).toContain(`  ${fuse}\n`);
});
