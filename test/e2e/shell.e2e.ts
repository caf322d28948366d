import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import { list } from 'tar';
import { WebSocket, WebSocketServer } from 'ws';
import type { DesktopApi } from '../../shared/desktop-api';
import {
  type Desktop,
  launchDesktop,
  makeDesktopFolder,
  outFolder,
  playwrightLoader,
  rootFolder,
  sandboxArgs,
  testApp,
} from '../support/electron';

const asRoot = process.getuid?.() === 0;
const linux = process.platform === 'linux';

test.describe('the desktop shell', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let desktop: Desktop | null = null;

  const call = (name: string, ...args: unknown[]) =>
    desktop?.page.evaluate(
      (all) =>
        (globalThis as unknown as { foyer: { call: (...all: unknown[]) => Promise<unknown> } }).foyer.call(...all),
      [name, ...args],
    );

  test.beforeEach(async () => {
    ({ folder, remove } = await makeDesktopFolder());
  });
  test.afterEach(async () => {
    await desktop?.quit();
    desktop = null;
    await remove();
  });

  test('shows the page from its own scheme, under a strict policy, with nothing of Node in it', async () => {
    desktop = await launchDesktop({ folder });
    const { page, app } = desktop;
    expect(page.url()).toBe('app://foyer/index.html');
    const seen = await page.evaluate(async () => ({
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { foyer: object }).foyer).sort(),
      policy: (await fetch('app://foyer/index.html')).headers.get('content-security-policy') ?? '',
      outside: await fetch('app://foyer/../../package.json').then((answer) => answer.status),
      elsewhere: await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'refused',
      ),
      evaluated: (() => {
        try {
          return new Function('return 1')();
        } catch {
          return 'refused';
        }
      })(),
    }));
    expect(seen).toMatchObject({ node: [], bridge: ['call', 'on'], outside: 404, elsewhere: 'refused' });
    expect(seen.policy).toContain("default-src 'none'");
    expect(seen.policy).not.toContain('unsafe');
    const preferences = await app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents()[0] as unknown as { getLastWebPreferences(): object };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  test('refuses navigation, new windows, permissions, unknown calls and bad arguments', async () => {
    desktop = await launchDesktop({ folder });
    const { page, app } = desktop;
    const refused = await page.evaluate(async () => {
      const { foyer } = globalThis as unknown as { foyer: { call: (...all: unknown[]) => Promise<unknown> } };
      const outcome = (call: Promise<unknown>) =>
        call.then(
          () => 'answered',
          () => 'refused',
        );
      const opened = window.open('https://example.com/');
      location.href = 'https://example.com/';
      return {
        opened: opened === null,
        camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        unknown: await outcome(foyer.call('app.quit')),
        inherited: await outcome(foyer.call('constructor')),
        wrongType: await outcome(foyer.call('line.send', 'one', 'frame')),
        extraField: await outcome(
          foyer.call('profile.write', { mode: 'host', agentUrl: '', deviceId: 'd', token: '', x: 1 }),
        ),
        script: await outcome(foyer.call('link.open', 'javascript:alert(1)')),
        file: await outcome(foyer.call('link.open', 'file:///etc/passwd')),
        right: await outcome(foyer.call('app.info')),
      };
    });
    expect(refused).toEqual({
      opened: true,
      camera: 'refused',
      unknown: 'refused',
      inherited: 'refused',
      wrongType: 'refused',
      extraField: 'refused',
      script: 'refused',
      file: 'refused',
      right: 'answered',
    });
    expect(page.url()).toBe('app://foyer/index.html');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

    // Loading itself anew is all it may do.
    await page.evaluate(() => Object.assign(globalThis, { old: true }));
    await Promise.all([page.waitForEvent('load'), page.evaluate(() => location.reload())]);
    expect(await page.evaluate(() => 'old' in globalThis)).toBe(false);
  });

  test('keeps who works here over a restart, the token out of the page and readable by nobody else', async () => {
    const token = 'token-of-device-1-of-the-hub';
    const heard: string[] = [];
    const hub = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(hub, 'listening');
    hub.on('connection', (socket) =>
      socket.on('message', (data) => {
        heard.push(String(data));
        socket.send(JSON.stringify({ type: 'welcome', token }));
      }),
    );
    const agentUrl = `ws://127.0.0.1:${(hub.address() as AddressInfo).port}`;
    const profile = { mode: 'join', agentUrl, deviceId: 'device-1', token: 'held-by-the-main-process' };
    const hello = {
      ...{ type: 'hello', proto: 1, role: 'agent', deviceId: 'device-1', deviceLabel: '', since: null, lastN: 0 },
      auth: { kind: 'code', code: 'K7QM-2XPA-9TRC' },
    };
    desktop = await launchDesktop({ folder });
    expect(await call('profile.read')).toBeNull();
    const answer = await desktop.page.evaluate(
      ([url, frame]) =>
        new Promise<string>((resolve) => {
          const { foyer } = globalThis as unknown as { foyer: DesktopApi };
          foyer.on('line.opened', () => void foyer.call('line.send', 7, frame));
          foyer.on('line.frame', (event) => resolve(event.frame));
          void foyer.call('line.open', 7, url);
        }),
      [agentUrl, JSON.stringify(hello)] as const,
    );
    expect(JSON.parse(answer)).toEqual({ type: 'welcome', token: profile.token });
    await call('profile.write', profile);
    await desktop.quit();
    desktop = await launchDesktop({ folder });
    expect(await call('profile.read')).toEqual(profile);
    expect(await readFile(join(folder, 'profile.json'), 'utf8')).not.toContain(token);
    // By itself now, and with the real one.
    await expect.poll(() => heard.filter((frame) => frame.includes(token)).length).toBeGreaterThan(0);
    await call('profile.write', null);
    expect(await call('profile.read')).toBeNull();
    hub.close();
  });

  test('closes to the tray, says so once, and opens where it was', async () => {
    desktop = await launchDesktop({ folder });
    const setBounds = { x: 40, y: 60, width: 1010, height: 707 };
    const { app } = desktop;
    await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), setBounds);
    const zoom = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomLevel(1));
    expect(await zoom()).toBe(1);
    const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await close();
    await expect.poll(visible).toBe(false);
    await expect.poll(() => desktop?.notifications()).toHaveLength(1);
    await desktop.clickNotification(0);
    await expect.poll(visible).toBe(true);
    await close();
    await expect.poll(visible).toBe(false);
    expect(await desktop.notifications()).toHaveLength(1);
    // As when the screen that it was on has gone meanwhile.
    const boundsNow = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setPosition(-3_000, 60));
    await app.evaluate(({ app: electron }) => electron.emit('activate'));
    await expect.poll(visible).toBe(true);
    await expect.poll(async () => (await boundsNow())?.x).toBeGreaterThanOrEqual(0);
    await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), setBounds);
    await desktop.quit();

    desktop = await launchDesktop({ folder });
    const bounds = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(bounds).toEqual(setBounds);
    const level = await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel(),
    );
    expect(level).toBe(1);
  });

  test('asks for attention until the alert is cleared, and a click leads to the conversation', async () => {
    desktop = await launchDesktop({ folder });
    const { page } = desktop;
    await page.evaluate(async () => {
      const { foyer } = globalThis as unknown as {
        foyer: {
          call: (...all: unknown[]) => Promise<unknown>;
          on: (name: string, listen: (event: unknown) => void) => void;
        };
      };
      foyer.on('alert.clicked', (event) => {
        document.title = JSON.stringify(event);
      });
      await foyer.call('alert.show', {
        ...{ alertId: 'a', conversationId: 'c1', name: 'Mei Chen', title: 'Mei Chen', body: 'Hi', group: '', why: '' },
        ...{ waitingSince: 0, shownAt: 0, until: null, card: 'whileHidden' },
        words: { accept: null, open: 'Show', waiting: '{time}' },
        look: { language: 'en', scheme: 'light' },
      });
    });
    expect(await desktop.notifications()).toEqual([{ title: 'Mei Chen', body: 'Hi', open: true }]);
    await desktop.clickNotification(0);
    await expect.poll(() => page.title()).toBe('{"alertId":"a","conversationId":"c1"}');
    await page.evaluate(() =>
      (globalThis as unknown as { foyer: { call: (...all: unknown[]) => Promise<unknown> } }).foyer.call(
        'alert.clear',
        'a',
      ),
    );
    expect((await desktop.notifications())[0]?.open).toBe(false);
  });

  test('yields to the first instance, which comes to the front and fills in the invitation', async () => {
    const first = 'foyer://192.0.2.1:7802#fp=first';
    desktop = await launchDesktop({ folder, args: [first] });
    const { app, page } = desktop;
    const place = page.getByLabel('Invitation link, or the hub’s address');
    await expect(place).toHaveValue(first);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await expect.poll(visible).toBe(false);

    const { path, args } = testApp();
    const link = 'foyer://192.0.2.2:7802#fp=second';
    const second = spawn(path, [...sandboxArgs(), ...args, link], {
      env: { ...process.env, FOYER_TEST_FOLDER: folder },
      stdio: 'ignore',
    });
    expect(await ended(second)).toBe(0);
    await expect.poll(visible).toBe(true);
    await expect(place).toHaveValue(link);
  });

  test('starts with the computer when wanted, and saves a support file', async () => {
    const configFolder = join(folder, 'config');
    desktop = await launchDesktop({ folder, env: { XDG_CONFIG_HOME: configFolder } });
    const { app } = desktop;
    if (linux) {
      await call('autoStart.write', true);
      expect(await call('autoStart.read')).toBe(true);
      const entry = await readFile(join(configFolder, 'autostart/org.foyer.desktop.desktop'), 'utf8');
      expect(entry).toContain(testApp().path);
    }
    const filePath = join(folder, 'support.tar.gz');
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, filePath);
    expect(await call('support.save')).toBe(true);
    const names: string[] = [];
    list({ file: filePath, sync: true, onReadEntry: ({ path }) => names.push(path) });
    expect(names).toEqual(expect.arrayContaining(['foyer-support/about.json', 'foyer-support/foyer.log']));
  });

  test('runs in the real sandbox as an ordinary user', async () => {
    test.skip(!asRoot || !linux, 'every other test runs so when not run as root');
    const home = join(folder, 'home');
    const executable = await runnableByNobody(folder, home);
    desktop = await launchDesktop({ folder: join(home, 'foyer'), executable, sandbox: true });
    const { app, page } = desktop;
    expect(await page.evaluate(() => document.querySelector('#root') !== null)).toBe(true);
    expect(await app.evaluate(({ app: inside }) => inside.commandLine.hasSwitch('no-sandbox'))).toBe(false);
    const processes = await app.evaluate(({ webContents }) => ({
      user: process.getuid?.(),
      page: webContents.getAllWebContents()[0]?.getOSProcessId(),
    }));
    expect(processes.user).toBeGreaterThan(0);
    const status = await readFile(`/proc/${processes.page}/status`, 'utf8');
    // 2: system calls of the page's process go through a filter.
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(await call('hub.sample')).toMatchObject({ hosting: { state: 'running' } });
  });
});

test.describe('the packaged app', () => {
  test.skip(!linux, 'packaged for Linux here');
  test.slow();

  test('starts, from its own files alone, with nothing left open to Node', async () => {
    const { folder, remove } = await makeDesktopFolder();
    const run = promisify(execFile);
    let packaged: ChildProcess | null = null;
    try {
      const output = `-c.directories.output=${folder}`;
      await run(process.execPath, [join(rootFolder, 'scripts/dist.mjs'), '--dir', output]);
      const executable = join(folder, 'linux-unpacked/foyer');
      // Its fuses keep Playwright out, as they do everybody: looked at through Chromium's own debugging port.
      const data = join(folder, 'data');
      const switches = [`--user-data-dir=${data}`, '--remote-debugging-port=0'];
      packaged = spawn(executable, [...sandboxArgs(), ...switches], { stdio: 'ignore' });
      const page = await debuggedPage(data);
      expect(page.url).toBe('app://foyer/index.html');
      await expect.poll(() => evaluate(page, "document.querySelector('#root').childElementCount")).toBeGreaterThan(0);
      expect(await evaluate(page, "foyer.call('app.info').then((info) => info.version)")).toBe(await ownVersion());
      // The hub's process, too.
      const sample = "foyer.call('hub.sample').then(({ hosting }) => hosting.state)";
      expect(await evaluate(page, sample)).toBe('running');

      // With the fuse on, this is Node and prints 2.
      const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
      const answer = run(executable, ['-p', '1+1', ...sandboxArgs()], { env: asNode, timeout: 5_000 });
      expect((await answer.catch((error) => error)).stdout).not.toContain('2');
    } finally {
      packaged?.kill('SIGTERM');
      if (packaged) await ended(packaged);
      await remove();
    }
  });
});

async function ownVersion(): Promise<string> {
  return JSON.parse(await readFile(join(rootFolder, 'package.json'), 'utf8')).version;
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

interface DebuggedPage {
  url: string;
  webSocketDebuggerUrl: string;
}

/** The page of an app started with `--remote-debugging-port=0`, once it is there. */
async function debuggedPage(userData: string): Promise<DebuggedPage> {
  let pages: DebuggedPage[] = [];
  await expect(async () => {
    const [port] = (await readFile(join(userData, 'DevToolsActivePort'), 'utf8')).split('\n');
    pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as DebuggedPage[];
    expect(pages).toHaveLength(1);
  }).toPass({ timeout: 30_000 });
  return pages[0] as DebuggedPage;
}

/** The value of an expression in that page. */
async function evaluate(page: DebuggedPage, expression: string): Promise<unknown> {
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    await once(socket, 'open');
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    const [answer] = await once(socket, 'message');
    return JSON.parse(String(answer)).result?.result?.value;
  } finally {
    socket.close();
  }
}

/** A copy of the runtime and the built app, and a way to the display, for a user who may not read this folder. */
async function runnableByNobody(folder: string, home: string): Promise<{ path: string; args: string[] }> {
  const run = promisify(execFile);
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  const [user, group] = [await id('-u'), await id('-g')];
  await chmod(folder, 0o755);
  await mkdir(home, { recursive: true });
  await cp(outFolder, join(folder, 'out'), { recursive: true });
  await run('cp', ['-a', dirname(testApp().path), join(folder, 'electron')]);
  // The sandbox's way where users may not make namespaces, as a package for users has it.
  await chmod(join(folder, 'electron/chrome-sandbox'), 0o4755);
  const loader = join(folder, 'playwright-loader.js');
  await copyFile(playwrightLoader, loader);
  const authority = join(home, '.Xauthority');
  if (process.env.XAUTHORITY) {
    await copyFile(process.env.XAUTHORITY, authority);
    await chown(authority, user, group);
  }
  await chown(home, user, group);
  const environment = `HOME=${home} XAUTHORITY=${authority}`;
  const others = '-u XDG_RUNTIME_DIR -u XDG_CONFIG_HOME -u XDG_CACHE_HOME';
  const starter = join(folder, 'as-nobody.sh');
  const command = `exec runuser -u nobody -- env ${others} ${environment} ${join(folder, 'electron/electron')} "$@"`;
  await writeFile(starter, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return { path: starter, args: ['-r', loader, join(folder, 'out/e2e/app.js')] };
}
