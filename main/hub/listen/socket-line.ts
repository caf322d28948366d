import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { type CloseName, closeCodes } from '../../../shared/protocol/close-codes';
import type { ProtocolVersion } from '../../../shared/protocol/fields';
import { bindingBytes, bindingLabel } from '../entrance/pairing';
import type { Line } from '../session/session';
import type { Receiver } from './connection';
import type { BeatingLine } from './heartbeat';
import { messagesOf } from './messages-of';
import { textFrames } from './text-frames';

/** From the close frame to the end of the socket. */
export const closeGraceMs = 2_000;

/** ws itself closes on invalid frames, with codes of the WebSocket standard: mapped to the wire's names. */
const ownCodes: Readonly<Record<number, CloseName>> = {
  1002: 'badFrame',
  1007: 'badFrame',
  1008: 'tooManyFrames',
  1009: 'frameTooLarge',
};

/** A WebSocket as the heartbeat sees it. */
export class WireSocket extends WebSocket implements BeatingLine {
  /** Real time, not the hub's clock: whether a line is alive does not depend on the hub's deadlines. */
  heardAt = performance.now();
  behindSince: number | null = null;

  closeTooSlow(): void {
    closeSocket(this, 'tooSlow');
  }

  override close(code?: number, reason?: string | Buffer): void {
    const name = code === undefined ? undefined : ownCodes[code];
    if (name) super.close(closeCodes[name], name);
    else super.close(code, reason);
  }
}

/** A WebSocket as the hub sees it. */
export class SocketLine implements Line {
  readonly binding?: Buffer;
  proto: ProtocolVersion = 1;
  private waiting: string[] = [];
  private corked = false;

  constructor(
    private readonly ws: WireSocket,
    private readonly socket: Duplex,
    readonly address: string,
  ) {
    if (socket instanceof TLSSocket)
      this.binding = socket.exportKeyingMaterial(bindingBytes, bindingLabel, Buffer.alloc(0));
  }

  get bufferedBytes(): number {
    return this.ws.bufferedAmount;
  }

  send(frame: string): void {
    this.waiting.push(frame);
    if (!this.corked) this.write();
  }

  cork(): void {
    this.corked = true;
  }

  uncork(): void {
    this.corked = false;
    this.write();
  }

  close(name: CloseName): void {
    this.write();
    closeSocket(this.ws, name);
  }

  private write() {
    if (this.waiting.length === 0) return;
    if (this.ws.readyState === this.ws.OPEN) this.socket.write(textFrames(messagesOf(this.waiting, this.proto)));
    this.waiting = [];
  }
}

/** Passes the socket's frames and its end to the receiver. */
export function serveSocket(ws: WireSocket, line: SocketLine, receiver: Receiver) {
  const noteLife = () => {
    ws.heardAt = performance.now();
  };
  ws.on('pong', () => {
    noteLife();
    receiver.control();
  });
  ws.on('ping', () => receiver.control());
  ws.on('message', (data, isBinary) => {
    noteLife();
    if (isBinary) line.close('badFrame');
    else if (ws.readyState === ws.OPEN) receiver.frame(data.toString());
  });
  // ws closes the line itself, but without a listener the error would end the process.
  ws.on('error', () => undefined);
  ws.once('close', () => receiver.closed());
}

function closeSocket(ws: WebSocket, name: CloseName) {
  if (ws.readyState !== ws.OPEN) return;
  ws.close(closeCodes[name], name);
  const cutOff = setTimeout(() => ws.terminate(), closeGraceMs);
  cutOff.unref();
  ws.once('close', () => clearTimeout(cutOff));
}
