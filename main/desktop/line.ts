import { WebSocket } from 'ws';
import type { DesktopEvents } from '../../shared/desktop-api';
import { closeCodes } from '../../shared/protocol/close-codes';
import type { Log } from '../hub/ports';
import type { Tell } from './bridge';
import type { Whereabouts } from './find-hubs';
import { readHubAddress } from './hub-address';
import { connectPinned, OtherHubError } from './pinned-socket';
import type { TokenGuard } from './token-guard';

/** The largest frame taken from a hub (a snapshot), in bytes. */
const frameBytesMax = 32 * 1024 * 1024;
const handshakeTimeoutMs = 10_000;
/** The close code for a lost line: the WebSocket standard's "closed without a closing frame". */
const lostLink = 1006;
/** The standard's code for a normal end. */
const endedNormally = 1000;

/** The socket to the hub, held here for the page: frames pass as they are but for the device's token. */
export interface Line {
  open(line: number, url: string): void;
  send(line: number, frame: string): void;
  close(line: number): void;
  /** Closes what is open without telling the page, which is gone or about to be. */
  drop(): void;
}

export type LineGuard = Pick<TokenGuard, 'allows' | 'pins' | 'outgoing' | 'incoming'>;

export function createLine(tell: Tell<DesktopEvents>, log: Log, whereabouts: Whereabouts, guard: LineGuard): Line {
  let current: { line: number; url: string; socket: WebSocket } | null = null;

  const drop = () => {
    const socket = current?.socket;
    current = null;
    socket?.close();
  };

  return {
    open(line, url) {
      const replaced = current?.line;
      drop();
      if (replaced !== undefined) tell('line.closed', { line: replaced, code: endedNormally });
      const address = readHubAddress(url);
      if (!address || !guard.allows(url)) {
        log.warn('line.addressRefused');
        tell('line.closed', { line, code: lostLink });
        return;
      }
      let ending = lostLink;
      const pins = guard.pins(url);
      const place = pins.length === 0 ? address.url : whereabouts.of(address.url, pins);
      let answered = false;
      const socket = new WebSocket(place, {
        perMessageDeflate: false,
        maxPayload: frameBytesMax,
        handshakeTimeout: handshakeTimeoutMs,
        followRedirects: false,
        ...(pins.length === 0 ? {} : { createConnection: connectPinned(pins) as never }),
      });
      current = { line, url, socket };
      const isCurrent = () => current?.socket === socket;
      socket.on('open', () => {
        answered = true;
        log.info('line.opened', { line });
        if (isCurrent()) tell('line.opened', { line });
      });
      socket.on('message', (data, isBinary) => {
        if (isCurrent() && !isBinary) tell('line.frame', { line, frame: guard.incoming(url, data.toString()) });
      });
      // `close` follows every error.
      socket.on('error', (error: NodeJS.ErrnoException) => {
        // At an announced address another hub proves nothing: keep looking for ours.
        if (error instanceof OtherHubError && place === address.url) ending = closeCodes.otherHub;
        log.warn('line.failed', { line, code: error.code ?? error.name });
      });
      socket.on('close', (given) => {
        const code = given === lostLink ? ending : given;
        log.info('line.closed', { line, code });
        // The hub's address may have changed; the next attempt uses the one it announces.
        if (!answered && pins.length > 0) whereabouts.lookAnew(pins);
        if (!isCurrent()) return;
        current = null;
        tell('line.closed', { line, code });
      });
    },
    send(line, frame) {
      if (current?.line !== line || current.socket.readyState !== WebSocket.OPEN) return;
      current.socket.send(guard.outgoing(current.url, frame));
    },
    close(line) {
      if (current?.line === line) current.socket.close();
    },
    drop,
  };
}
