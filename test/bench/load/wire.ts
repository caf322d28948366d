import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const textFrame = 0x81;
const pingFrame = 0x89;
const pongFrame = 0x8a;
const closeFrame = 0x88;
const masked = 0x80;
const maskBytes = 4;

/**
 * A minimal WebSocket client, so that the load generator costs the same with every server. ASCII only, and masked with
 * zeros, which the reader does not notice.
 */
export class Wire {
  private rest: Buffer = Buffer.alloc(0);
  private closing = false;
  heard: (text: string) => void = () => undefined;

  private constructor(private readonly socket: Socket) {}

  static async open(url: string): Promise<Wire> {
    const { hostname, port, host, pathname, search } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const wire = new Wire(socket);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      const upgrading = (data: Buffer) => {
        wire.rest = Buffer.concat([wire.rest, data]);
        const end = wire.rest.indexOf('\r\n\r\n');
        if (end === -1) return;
        socket.off('data', upgrading);
        socket.off('error', reject);
        const answer = wire.rest.toString('latin1', 0, end);
        if (!answer.startsWith('HTTP/1.1 101 ')) return reject(new Error(`${url} answered ${answer}`));
        wire.rest = wire.rest.subarray(end + 4);
        socket.on('data', (more) => wire.read(more));
        resolve();
        // The caller attaches its listeners in the next turn.
        setImmediate(() => wire.read(Buffer.alloc(0)));
      };
      socket.on('data', upgrading);
    });
    socket.on('error', (error) => wire.lost(error.message));
    socket.on('close', () => wire.lost('the server ended the connection'));
    return wire;
  }

  send(text: string): void {
    const length = text.length;
    const head = length < 126 ? 2 : 4;
    const frame = Buffer.allocUnsafe(head + maskBytes + length);
    frame[0] = textFrame;
    if (head === 2) frame[1] = masked | length;
    else {
      frame[1] = masked | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.writeUInt32BE(0, head);
    frame.write(text, head + maskBytes, 'latin1');
    this.socket.write(frame);
  }

  close(): void {
    this.closing = true;
    this.socket.destroy();
  }

  private read(data: Buffer) {
    const bytes = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = bytes[at + 1]!;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - at < head) break;
      const length =
        head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      const from = at + head;
      if (bytes.length - from < length) break;
      at = from + length;
      this.frame(bytes[from - head]!, bytes, from, at);
    }
    this.rest = bytes.subarray(at);
  }

  private frame(kind: number, bytes: Buffer, from: number, to: number) {
    if (kind === textFrame) this.heard(bytes.toString('latin1', from, to));
    else if (kind === pingFrame) this.socket.write(Buffer.from([pongFrame, masked, 0, 0, 0, 0]));
    else if (kind === closeFrame) this.lost(`the server closed with ${bytes.toString('latin1', from + 2, to)}`);
  }

  /** Deliberately uncaught: after losing a connection the benchmark is void. */
  private lost(why: string) {
    if (this.closing) return;
    this.closing = true;
    throw new Error(`a connection was lost: ${why}`);
  }
}
