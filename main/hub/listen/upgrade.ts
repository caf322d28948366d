import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { checkApp, checkRequest } from './allow-list';
import type { ListenerOptions } from './listener-options';
import { pathOf } from './requests';

/** Why a request does not become a WebSocket; null: it does. */
export function upgradeRefusal(
  request: IncomingMessage,
  { tls, access }: Pick<ListenerOptions, 'tls' | 'access'>,
  port: number,
) {
  const verdict = tls ? checkApp(request) : checkRequest(request, port, access);
  if (!verdict.ok) return verdict;
  return pathOf(request) === '/ws' ? null : { status: 404, message: 'The wire is at /ws.' };
}

export function refuseUpgrade(socket: Duplex, status: number, message: string) {
  const body = `${message}\n`;
  // The server's timeouts no longer apply to this socket, and a refused client may never end its side.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
