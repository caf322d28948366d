import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Answers } from '../servers/serve';

/** The folder of the bundles that `scripts/bench.mjs` makes. */
export const bundleFolder = import.meta.dirname;

/** As the headless hub is started; its peers alike. */
const started = ['--max-semi-space-size=32', '--expose-gc'];

/** With FOYER_BENCH_PROFILE=FOLDER, every server saves a CPU profile of each thread there, in a folder of its own. */
function nodeOptions(bundle: string): string[] {
  const folder = process.env.FOYER_BENCH_PROFILE;
  if (!folder) return started;
  return [...started, '--cpu-prof', `--cpu-prof-dir=${join(folder, `${bundle}.${process.hrtime.bigint()}`)}`];
}

/** A server in a separate process, killed with this one. */
export class ServerProcess<Ready = { url: string }> {
  private stopping = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly ready: Ready,
    /** From the spawn to the ready line. */
    readonly startedMs: number,
  ) {}

  /** Starts a bundle and waits for its first line, which is JSON. */
  static async start<Ready>(bundle: string, args: string[] = []): Promise<ServerProcess<Ready>> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...nodeOptions(bundle), join(bundleFolder, bundle), ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    let complaints = '';
    child.stderr!.on('data', (chunk) => {
      complaints += chunk;
    });
    const endedWith = (code: number | null) => new Error(`${bundle} ended with ${code}: ${complaints}`);
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout!.on('data', (chunk) => {
        output += chunk;
        const end = output.indexOf('\n');
        if (end !== -1) resolve(output.slice(0, end));
      });
      child.once('exit', (code) => reject(endedWith(code)));
    });
    const server = new ServerProcess<Ready>(child, JSON.parse(line), performance.now() - startedAt);
    child.once('exit', (code) => {
      if (!server.stopping) throw endedWith(code);
    });
    return server;
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.stopping = true;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }

  ask<Question extends keyof Answers>(question: Question): Promise<Answers[Question]> {
    return new Promise((resolve) => {
      this.child.once('message', (answer) => resolve(answer as Answers[Question]));
      this.child.send(question);
    });
  }
}
