import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Peer } from '../peers';
import type { Traffic } from '../traffic';

/** A TCP connection to a server that speaks a protocol of its own. */
export class Stream {
  private rest: Buffer = Buffer.alloc(0);
  private closing = false;
  /** Given what came and was not taken before; returns how many bytes of it it has taken. */
  take: (bytes: Buffer) => number = (bytes) => bytes.length;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (data) => {
      const bytes = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
      this.rest = bytes.subarray(this.take(bytes));
    });
    // Deliberately uncaught, as in `wire.ts`.
    socket.on('close', () => {
      if (!this.closing) throw new Error('a server ended a connection');
    });
  }

  static open(port: number): Promise<Stream> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Stream(socket));
      });
    });
  }

  write(bytes: Buffer | string): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  close(): void {
    this.closing = true;
    this.socket.destroy();
  }
}

/** Whether this program is installed. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      return readdirSync(folder).includes(program);
    } catch {
      return false;
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const startTimeoutMs = 30_000;
const triedEveryMs = 50;

/** Starts an installed server on a free port with a new folder, and waits until it accepts connections. */
export async function startServer(
  program: string,
  folder: string,
  args: (port: number) => string[],
): Promise<{ port: number; server: Peer['server'] }> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const child = spawn(program, args(port), { stdio: 'ignore', cwd: folder });
  for (let waitedMs = 0; ; waitedMs += triedEveryMs) {
    const trial = await Stream.open(port).catch(() => null);
    if (trial) {
      trial.close();
      return { port, server: serverOf(child) };
    }
    if (child.exitCode !== null || waitedMs > startTimeoutMs) throw new Error(`${program} did not start`);
    await new Promise((resolve) => setTimeout(resolve, triedEveryMs));
  }
}

function serverOf(child: ChildProcess): Peer['server'] {
  return {
    // Only its CPU is asked for.
    ask: async () => cpuMicroseconds(child.pid!),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Over all threads that it has; on Linux. */
function cpuMicroseconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(join(`/proc/${pid}/task`, thread, 'schedstat'), 'utf8').split(' ')[0]);
  return nanoseconds / 1_000;
}

/** As long as a message to the other peers, after the mark. */
const filler =
  '"conversationId":"conversation-0123456789abcdef0123456789","op":"message.send","n":1234,"text": Could you tell me ' +
  'when my order will arrive? It was to come last Tuesday.';
const markLength = 12;

export function bodyOf(mark: number): string {
  return String(mark).padStart(markLength, '0') + filler;
}

export function markIn(body: string): number {
  return Number(body.slice(0, markLength));
}

/** A server of another kind: `open` connects one side of the conversations, and `speak` sends from it to a place. */
export interface External {
  name: string;
  program: string;
  start(folder: string): ReturnType<typeof startServer>;
  open(port: number, place: number, traffic: Pick<Traffic, 'acknowledged' | 'arrived'>): Promise<Side>;
}

export interface Side {
  close(): void;
  speak(to: number, mark: number): void;
}
