import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';

export interface RawFrame {
  opcode: number;
  payload?: Buffer | string;
  fin?: boolean;
  /** The three reserved bits, as a number from 0 to 7. */
  reserved?: number;
  masked?: boolean;
  /** A length in the head other than the payload's. */
  claimed?: bigint;
}

const mask = Buffer.from([0x5a, 0x12, 0xc3, 0x77]);

/** A frame of RFC 6455, valid or deliberately invalid. */
export function rawFrame({ opcode, payload = '', fin = true, reserved = 0, masked = true, claimed }: RawFrame): Buffer {
  const body = Buffer.from(payload);
  const length = claimed ?? BigInt(body.length);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const bit = masked ? 0x80 : 0;
  let head: Buffer;
  if (length < 126n) head = Buffer.from([first, bit | Number(length)]);
  else if (length <= 0xffffn) {
    head = Buffer.from([first, bit | 126, 0, 0]);
    head.writeUInt16BE(Number(length), 2);
  } else {
    head = Buffer.from([first, bit | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(length, 2);
  }
  if (!masked) return Buffer.concat([head, body]);
  return Buffer.concat([head, mask, body.map((byte, index) => byte ^ mask[index % 4]!)]);
}

export function upgradeRequest(port: number, headers: Record<string, string> = {}): string {
  const all = {
    Host: `127.0.0.1:${port}`,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET /ws HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** A socket that sends arbitrary bytes, as an attacker would. */
export class RawLine {
  received = Buffer.alloc(0);
  closed = false;
  private frames = 0;

  private constructor(readonly socket: Socket) {
    socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data]);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
    });
  }

  /** From its own address, so that limits per address apply to this line only: all of 127.0.0.0/8 is this machine. */
  static async connect(port: number, localAddress = '127.0.0.1'): Promise<RawLine> {
    const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawLine(socket);
  }

  /** After the TLS handshake; does not verify the certificate. */
  static async secure(port: number, localAddress = '127.0.0.1'): Promise<RawLine> {
    const under = connect({ port, host: '127.0.0.1', localAddress });
    const socket = connectTls({ socket: under, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
    await once(socket, 'secureConnect');
    return new RawLine(socket);
  }

  /** After the upgrade. */
  static async open(port: number, localAddress?: string, connecting = RawLine.connect): Promise<RawLine> {
    const line = await connecting(port, localAddress);
    line.socket.write(upgradeRequest(port));
    await line.until(() => line.received.includes('\r\n\r\n'));
    if (!line.received.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(line.received.toString('latin1'));
    line.frames = line.received.indexOf('\r\n\r\n') + 4;
    return line;
  }

  send(...frames: RawFrame[]): this {
    this.socket.write(Buffer.concat(frames.map(rawFrame)));
    return this;
  }

  text(payload: string): this {
    return this.send({ opcode: 1, payload });
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.closed || this.socket.readableEnded) throw new Error(`closed after ${this.received.toString('latin1')}`);
      await turn();
    }
  }

  /** The code of the close frame, or null if the socket ended without one. */
  async closeCode(): Promise<number | null> {
    while (!this.closed && !this.socket.readableEnded && this.closeFrame() === null) await turn();
    return this.closeFrame();
  }

  /** Texts and close codes the hub sent, in order. */
  private closeFrame(): number | null {
    for (let at = this.frames; at + 2 <= this.received.length; ) {
      const opcode = this.received[at]! & 0x0f;
      let length = this.received[at + 1]! & 0x7f;
      let head = 2;
      if (length === 126) {
        length = this.received.readUInt16BE(at + 2);
        head = 4;
      }
      if (at + head + length > this.received.length) return null;
      if (opcode === 8) return this.received.readUInt16BE(at + head);
      at += head + length;
    }
    return null;
  }

  /** The status of the HTTP answer, once the hub has ended its side. */
  async status(): Promise<number> {
    while (!this.closed && !this.socket.readableEnded) await turn();
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.received.toString('latin1'))?.[1] ?? 0);
  }

  /** Keeps writing until the hub's end of the socket is destroyed. */
  async gone(): Promise<void> {
    while (!this.closed) {
      if (this.socket.writable) this.socket.write('x');
      await turn();
    }
  }

  end() {
    this.socket.destroy();
  }
}
