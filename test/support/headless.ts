import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { passphrase } from './hub';

const root = join(__dirname, '..', '..');

/** Bundles the present source of the headless hub below `folder`, as the build does. */
export async function bundleCli(folder: string): Promise<string> {
  await bundle('vite.hub.config.mts', join(folder, 'hub'));
  await bundleWorker(folder);
  return join(folder, 'hub', 'cli.js');
}

/** Bundles the writer's thread to where the command line looks for it. */
export async function bundleWorker(folder: string): Promise<string> {
  await bundle('vite.worker.config.mts', join(folder, 'worker'));
  return join(folder, 'worker', 'store-worker.js');
}

async function bundle(configFile: string, outDir: string): Promise<void> {
  await build({
    root,
    configFile: join(root, configFile),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line until it exits. */
export function runToEnd(cli: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = start(cli, args, env);
  return new Promise((resolve) => child.process.once('close', (code) => resolve({ code, ...child.output })));
}

export interface HeadlessHub {
  process: ChildProcess;
  output: { stdout: string; stderr: string };
  ready: { ready: true; agent: string; customer: string };
}

/** Starts a hub on free ports and waits until it is ready. `descriptors`: its limit of open files; null: default. */
export async function startHeadless(
  cli: string,
  data: string,
  descriptors: number | null = null,
): Promise<HeadlessHub> {
  const args = ['--data', data, '--port', '0', '--customer-port', '0', '--json'];
  const child = start(cli, args, { FOYER_PASSPHRASE: passphrase }, descriptors);
  const line = await new Promise<string>((resolve, reject) => {
    child.process.stdout!.on('data', () => {
      const end = child.output.stdout.indexOf('\n');
      if (end !== -1) resolve(child.output.stdout.slice(0, end));
    });
    child.process.once('close', (code) => reject(new Error(`ended with ${code}: ${child.output.stderr}`)));
  });
  return { ...child, ready: JSON.parse(line) };
}

function start(cli: string, args: string[], env: Record<string, string>, descriptors: number | null = null) {
  const bounded = ['sh', '-c', `ulimit -n ${descriptors} && exec "$0" "$@"`];
  const [command, ...rest] = [...(descriptors === null ? [] : bounded), process.execPath, cli, ...args];
  const child = spawn(command!, rest, { env: { PATH: process.env.PATH, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, output };
}

export function ended(hub: HeadlessHub): Promise<number | null> {
  return new Promise((resolve) => hub.process.once('close', (code) => resolve(code)));
}

/** A customer over a real socket, for tests of the process as a whole. */
export class RealCustomer {
  readonly frames: Record<string, unknown>[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  private readonly waiting: { wanted: (frame: Record<string, unknown>) => boolean; resolve: () => void }[] = [];

  constructor(
    customerUrl: string,
    token: string | null,
    deviceId = 'tab',
    private readonly socket = new WebSocket(customerUrl.replace('http:', 'ws:').replace('/chat', '/ws')),
  ) {
    const hello = { type: 'hello', proto: 1, role: 'customer', deviceId, since: null, lastN: 0, token, language: 'en' };
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('open', () => this.send(hello));
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as Record<string, unknown>;
      this.frames.push(frame);
      for (const each of this.waiting) if (each.wanted(frame)) each.resolve();
    });
  }

  send(frame: object) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** The first matching frame, also one received before. */
  async until(wanted: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    if (!this.frames.some(wanted)) await new Promise<void>((resolve) => this.waiting.push({ wanted, resolve }));
    return this.frames.find(wanted)!;
  }

  close() {
    this.socket.terminate();
  }
}
