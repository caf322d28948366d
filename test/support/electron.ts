import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import '../e2e/app/test-hooks';

/** The working directory of every command. */
export const rootFolder = process.cwd();
export const outFolder = join(rootFolder, 'out');

const startTimeoutMs = 40_000;
const quitTimeoutMs = 20_000;

export interface LaunchOptions {
  /** The desktop's own folder; using the same one again stands for a restart. */
  folder: string;
  /** More switches for the app. */
  args?: string[];
  env?: Record<string, string>;
  /** Runs another program instead of Electron with the built test app. */
  executable?: { path: string; args: string[] };
  /** Runs with Chromium's sandbox, which is not possible as root. */
  sandbox?: boolean;
}

/** A desktop app under test. */
export interface Desktop {
  app: ElectronApplication;
  page: Page;
  /** Moves the clock of the hub in this app. */
  advance(byMs: number): Promise<void>;
  /** The notifications the app has asked for. */
  notifications(): Promise<{ title: string; body: string; open: boolean }[]>;
  clickNotification(index: number): Promise<void>;
  /** Quits as a person would, and waits for the end of the process. */
  quit(): Promise<void>;
  /** Kills the app and its hub, as when the machine loses its power. */
  kill(): Promise<void>;
  /** The hub's process; undefined if no hub runs here. */
  hubPid(): Promise<number | undefined>;
}

/** A new folder for a desktop, and a function that removes it. */
export async function makeDesktopFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-desktop-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

/**
 * Playwright's own loader, which delays the app until Playwright has fully attached. By default Playwright uses it only
 * with an Electron in node_modules; without it about one launch in ten hangs.
 */
export const playwrightLoader = join(rootFolder, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** The command that runs Electron with the app built for tests, as `launchDesktop` does. */
export function testApp(): { path: string; args: string[] } {
  // Set by the Playwright configuration.
  const path = process.env.FOYER_TEST_ELECTRON;
  if (!path) throw new Error('Electron is not installed: node scripts/setup.mjs --test');
  return { path, args: [join(outFolder, 'e2e', 'app.js')] };
}

/** Electron refuses to start with its sandbox as root. */
export function sandboxArgs(sandbox = process.getuid?.() !== 0): string[] {
  return sandbox ? [] : ['--no-sandbox'];
}

/** Starts a desktop app and waits for its page. */
export async function launchDesktop(options: LaunchOptions): Promise<Desktop> {
  const { path, args } = options.executable ?? { ...testApp(), args: ['-r', playwrightLoader, ...testApp().args] };
  const sandbox = options.sandbox ?? process.getuid?.() !== 0;
  const app = await _electron.launch({
    executablePath: path,
    args: [...sandboxArgs(sandbox), ...args, ...(options.args ?? [])],
    // Playwright adds --no-sandbox by itself unless told not to.
    chromiumSandbox: sandbox,
    env: { ...inheritedEnv(), FOYER_TEST_FOLDER: options.folder, ...options.env },
    timeout: startTimeoutMs,
  });
  const page = await app.firstWindow({ timeout: startTimeoutMs });
  await page.waitForLoadState('domcontentloaded');
  // The window is shown only after its first paint.
  await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window && !window.isVisible()) await new Promise((resolve) => window.once('show', () => resolve(null)));
  });
  return {
    app,
    page,
    advance: (byMs) => app.evaluate((_electron, ms) => globalThis.foyerTest.advance(ms), byMs),
    notifications: () =>
      app.evaluate(() => globalThis.foyerTest.notifications.map(({ title, body, open }) => ({ title, body, open }))),
    clickNotification: (index) =>
      app.evaluate((_electron, at) => globalThis.foyerTest.notifications[at]?.click(), index),
    quit: () => quitApp(app),
    kill: () => killApp(app),
    hubPid: () => hubPid(app),
  };
}

function inheritedEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([key]) => key !== 'ELECTRON_RUN_AS_NODE'));
}

function hubPid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(({ app: inside }) => inside.getAppMetrics().find(({ name }) => name === 'Foyer hub')?.pid);
}

async function killApp(app: ElectronApplication): Promise<void> {
  const hub = await hubPid(app);
  const ended = once(app.process(), 'exit');
  app.process().kill('SIGKILL');
  if (hub !== undefined) kill(hub);
  await ended;
  while (hub !== undefined && isRunning(hub)) await new Promise((resolve) => setImmediate(resolve));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its app.
  }
}

/** Whether a process is there that has not ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Linux keeps one that has ended until its parent asks for it.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Instead of Playwright's `close()`, which first spends seconds on a screenshot of a hidden window. */
async function quitApp(app: ElectronApplication): Promise<void> {
  const process = app.process();
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  await app.evaluate(({ app: inside }) => {
    setTimeout(() => inside.quit(), 0);
  });
  let stuck = false;
  const timer = setTimeout(() => {
    stuck = true;
    process.kill('SIGKILL');
  }, quitTimeoutMs);
  await ended;
  clearTimeout(timer);
  if (stuck) throw new Error('the app did not quit');
}
