import type { WebSocket } from 'ws';
import { openSocket, type Way } from './way';

// biome-ignore lint/suspicious/noExplicitAny: frames of every kind
type Any = any;

/** One line of an unknown customer. */
export class Stranger {
  readonly frames: Any[] = [];
  acked = 0;
  refused = 0;
  closed = false;
  readonly gone: Promise<void>;
  private n = 0;
  private wake = () => {};

  private constructor(private readonly socket: WebSocket) {
    this.gone = new Promise((resolve) => {
      socket.once('close', () => {
        this.closed = true;
        this.wake();
        resolve();
      });
    });
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'ack') this.acked += 1;
      else if (frame.type === 'refused') this.refused += 1;
      else if (frame.type !== 'welcome') return;
      this.frames.push(frame);
      this.wake();
    });
  }

  /** Null if the line could not be opened. */
  static async line(way: Way, address: string): Promise<Stranger | null> {
    const stranger = new Stranger(openSocket(way, address));
    await Promise.race([new Promise((resolve) => stranger.socket.once('open', resolve)), stranger.gone]);
    return stranger.closed ? null : stranger;
  }

  /** Null if `hello` was refused. */
  static async hello(way: Way, address: string): Promise<Stranger | null> {
    const stranger = await Stranger.line(way, address);
    if (!stranger) return null;
    const hello = { type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token: null, language: 'en' };
    stranger.socket.send(JSON.stringify({ ...hello, deviceId: 'tab' }));
    await stranger.until(({ type }) => type === 'welcome');
    if (stranger.token !== null) return stranger;
    stranger.drop();
    return null;
  }

  get token(): string | null {
    return this.frames.find(({ type }) => type === 'welcome')?.token ?? null;
  }

  post(body: object): string {
    this.n += 1;
    const cid = `c${this.n}`;
    this.socket.send(JSON.stringify({ type: 'command', cid, n: this.n, ...body }), () => undefined);
    return cid;
  }

  /** The answer; null if the line was lost first. */
  async command(body: object): Promise<Any> {
    const cid = this.post(body);
    return this.until((frame) => frame.cid === cid);
  }

  async until(wanted: (frame: Any) => boolean): Promise<Any> {
    for (;;) {
      const at = this.frames.findIndex(wanted);
      if (at !== -1) {
        const [found] = this.frames.slice(at, at + 1);
        if (found.type !== 'welcome') this.frames.splice(at, 1);
        return found;
      }
      if (this.closed) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  drop(): void {
    this.socket.terminate();
  }
}
