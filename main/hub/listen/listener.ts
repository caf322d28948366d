import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Api, tellProblem, tooMany } from '../api/api';
import { HubStartError } from '../hub-start-error';
import type { HubKey } from '../store/hub-key';
import { kindOf } from '../system/error-kind';
import { beat, pingEveryMs } from './heartbeat';
import type { ListenerOptions } from './listener-options';
import { PageFolder, sendText } from './pages';
import { senderOf } from './proxy-view';
import { serveRequest } from './requests';
import { SocketAdmission } from './socket-admission';
import { closeGraceMs, SocketLine, serveSocket, WireSocket } from './socket-line';
import { refuseUpgrade, upgradeRefusal } from './upgrade';
import { readNoFurther, WaitingRequests } from './waiting-requests';
import { WidgetScript } from './widget-script';

const tooManySockets = 'Too many connections from this address.';
const tooManyRequests = 'Too many requests from this address.';

export interface Listener {
  port: number;
  /** Used for new connections from now on. */
  useKey(key: Pick<HubKey, 'key' | 'certificate'>): void;
  close(): Promise<void>;
}

/** Opens one role's port: its page over HTTP, its wire at `/ws`. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { role, host, limits, log } = options;
  const server = openServer(options);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytesMax[role],
    perMessageDeflate: false,
    clientTracking: true,
    WebSocket: WireSocket,
  });
  const admission = new SocketAdmission(options);
  /** An error in a socket's callback destroys that socket only. */
  const withSocket = (socket: Duplex, work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error('socket.fault', { role, ...kindOf(error) });
      socket.destroy();
    }
  };
  let port = 0;
  const answer = requestAnswerer(options, admission, () => port);
  server.on('connection', (socket) => admission.connected(socket));
  server.on('request', (request, response) => withSocket(request.socket, () => answer(request, response)));
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { address } = senderOf(request, options.access);
    if (!admission.mayUpgrade(request.socket, address)) {
      setTimeout(() => refuseUpgrade(socket, 429, tooManySockets), limits.turnAwayAfterMs).unref();
      return;
    }
    const refusal = upgradeRefusal(request, options, port);
    if (refusal) {
      log.warn('upgrade.refused', { role, address, status: refusal.status });
      return refuseUpgrade(socket, refusal.status, refusal.message);
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      withSocket(socket, () => {
        const line = new SocketLine(ws, socket, address);
        serveSocket(ws, line, options.accept(line));
      });
    });
  };
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    withSocket(socket, () => upgrade(request, socket, head));
  });
  const heartbeat = setInterval(() => beat(sockets.clients, performance.now()), pingEveryMs);
  heartbeat.unref();
  port = await listen(server, host, options.port);
  return {
    port,
    useKey: ({ key, certificate: cert }) => {
      if ('setSecureContext' in server) (server as SecureServer).setSecureContext({ ...tlsOnly, key, cert });
    },
    close: () => {
      clearInterval(heartbeat);
      return closeServer(server, sockets.clients);
    },
  };
}

/** Answers a request, or turns it away. */
function requestAnswerer(options: ListenerOptions, admission: SocketAdmission, port: () => number) {
  const { access, limits, log } = options;
  const served = { pages: new PageFolder(options.pageFolder), widgetScript: new WidgetScript() };
  const waiting = new WaitingRequests(limits.requestsWaitingMax);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const turnAway = (message: string, headers: Record<string, string> = {}) =>
      sendText(response, 429, message, { Connection: 'close', ...headers });
    if (!waiting.add(socket, response)) {
      readNoFurther(socket);
      socket.destroy();
      return;
    }
    if (admission.isTooMany(socket)) {
      readNoFurther(socket);
      setTimeout(() => turnAway(tooManySockets), limits.turnAwayAfterMs).unref();
      return;
    }
    const waitMs = options.mayAsk(senderOf(request, access).address);
    if (waitMs > 0) {
      readNoFurther(socket);
      if (options.role === 'agent' && Api.isAt(request.url ?? '')) tellProblem(request, response, tooMany(waitMs));
      else turnAway(tooManyRequests, { 'Retry-After': String(Math.ceil(waitMs / 1_000)) });
      return;
    }
    serveRequest(options, served, port(), request, response).catch((error) => {
      log.error('page.failed', { ...kindOf(error) });
      response.destroy();
    });
  };
}

const tlsOnly = { minVersion: 'TLSv1.3' } as const;

function openServer({ tls, limits }: ListenerOptions): Server {
  const { handshakeTimeoutMs } = limits;
  const bounds = { maxHeaderSize: 8 * 1024, connectionsCheckingInterval: handshakeTimeoutMs / 5 };
  const secure = tls && { key: tls.key, cert: tls.certificate, ...tlsOnly, handshakeTimeout: handshakeTimeoutMs };
  const server: Server = secure ? createSecureServer({ ...bounds, ...secure }) : createServer(bounds);
  server.headersTimeout = handshakeTimeoutMs;
  // Only uploads have a body that takes time to arrive.
  server.requestTimeout = limits.attachments.uploadTimeoutMs;
  server.keepAliveTimeout = 5_000;
  // A client that does not read its answer would hold a socket and the answer's bytes.
  server.timeout = limits.transferIdleMs;
  return server;
}

async function closeServer(server: Server, lines: Iterable<WebSocket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cutOff = setTimeout(() => {
    for (const line of lines) line.terminate();
    server.closeAllConnections();
  }, closeGraceMs);
  server.closeIdleConnections();
  await closed;
  clearTimeout(cutOff);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL') {
        const message = `This machine has no address ${host} now. Choose one it has, or 0.0.0.0 for all of them.`;
        return reject(new HubStartError('addressUnknown', message));
      }
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be used by this user';
      reject(new HubStartError('portInUse', `Port ${port} on ${host} ${why}. Choose another port.`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
