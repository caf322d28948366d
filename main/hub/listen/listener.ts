import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import { type CloseName, closeCodes } from '../../../shared/protocol/close-codes';
import { Budget, Slots } from '../admission/budget';
import type { AttachmentDesk } from '../attachments/attachment-desk';
import { bindingBytes, bindingLabel } from '../entrance/pairing';
import { HubStartError } from '../hub-start-error';
import type { HubLimits, ListenerRole } from '../limits';
import type { Log } from '../ports';
import type { Line } from '../session/session';
import type { HubKey } from '../store/hub-key';
import { addressKey, plainAddress } from '../system/addresses';
import { kindOf } from '../system/error-kind';
import { checkApp, checkRequest } from './allow-list';
import type { Receiver } from './connection';
import { type BeatingLine, beat, pingEveryMs } from './heartbeat';
import { noncePlaceholder, PageFolder, pageHeaders, sendText } from './pages';
import { type OutsideAccess, type Sender, senderOf } from './proxy-view';
import { textFrames } from './text-frames';
import { readNoFurther, WaitingRequests } from './waiting-requests';

/** Between the close frame and the end of the socket. */
const closeGraceMs = 2_000;
const tooManySockets = 'Too many connections from this address.';
const tooManyRequests = 'Too many requests from this address.';

export interface ListenerOptions {
  role: ListenerRole;
  access: OutsideAccess;
  /** For other machines: TLS 1.3, and the wire only. Null: this machine's listener, with its page. */
  tls: Pick<HubKey, 'key' | 'certificate'> | null;
  host: string;
  port: number;
  pageFolder: string;
  limits: HubLimits;
  log: Log;
  attachments: AttachmentDesk;
  randomBytes(size: number): Uint8Array;
  /** How long an address has to wait with its request; 0: it may come. */
  mayAsk(address: string): number;
  accept(line: Line): Receiver;
}

export interface Listener {
  port: number;
  /** For new connections from now on. */
  useKey(key: Pick<HubKey, 'key' | 'certificate'>): void;
  close(): Promise<void>;
}

/** One role's port: its page over HTTP, its wire at `/ws`. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { role, access, host, limits, log } = options;
  const pages = new PageFolder(options.pageFolder);
  const server = openServer(options);
  server.headersTimeout = limits.handshakeTimeoutMs;
  // Nobody but uploads sends a body that is waited for.
  server.requestTimeout = limits.attachments.uploadTimeoutMs;
  server.keepAliveTimeout = 5_000;
  // Whoever asks and does not read holds a socket and the answer's bytes.
  server.timeout = limits.transferIdleMs;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytesMax[role],
    perMessageDeflate: false,
    clientTracking: true,
    WebSocket: WireSocket,
  });
  const { socketsMax } = limits.customers;
  const open = new Slots({
    address: limits.linesPerAddressMax[role] + limits.socketsBesideLinesMax,
    all: role === 'customer' ? socketsMax : Number.POSITIVE_INFINITY,
  });
  const newSockets = new Budget(limits.budgets[role].sockets, limits.budgetKeysMax);
  const isProxy = (socket: { remoteAddress?: string | undefined }) =>
    access.trustedProxies.includes(plainAddress(socket.remoteAddress));
  /** Nobody is behind a proxy's own address: who is, is known with a request. */
  const mayCome = (address: string) =>
    newSockets.take({ person: null, address: addressKey(address) }, performance.now()) === 0;
  const tooMany = new WeakSet<object>();
  let port = 0;

  server.on('connection', (socket) => {
    const address = plainAddress(socket.remoteAddress);
    const isTooMany = !isProxy(socket) && !mayCome(address);
    // A handshake of TLS costs more than the answer is worth.
    if (isTooMany && options.tls) {
      socket.destroy();
      return;
    }
    if (isTooMany) tooMany.add(socket);
    const slot = open.take({ person: null, address: isProxy(socket) ? null : addressKey(address) });
    if (typeof slot === 'string') socket.destroy();
    else socket.once('close', () => slot.release());
  });

  /** What is thrown in a socket's callback is that socket's trouble. */
  const withSocket = (socket: Duplex, work: () => void) => {
    try {
      work();
    } catch (error) {
      log.error('socket.fault', { role, ...kindOf(error) });
      socket.destroy();
    }
  };
  const waiting = new WaitingRequests(limits.requestsWaitingMax);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const turnAway = (message: string, headers: Record<string, string> = {}) =>
      sendText(response, 429, message, { Connection: 'close', ...headers });
    if (!waiting.add(socket, response)) {
      readNoFurther(socket);
      return socket.destroy();
    }
    if (tooMany.has(socket)) {
      readNoFurther(socket);
      setTimeout(() => turnAway(tooManySockets), limits.turnAwayAfterMs).unref();
      return;
    }
    const waitMs = options.mayAsk(senderOf(request, access).address);
    if (waitMs > 0) {
      readNoFurther(socket);
      return turnAway(tooManyRequests, { 'Retry-After': String(Math.ceil(waitMs / 1_000)) });
    }
    serveRequest(options, pages, port, request, response).catch((error) => {
      log.error('page.failed', { ...kindOf(error) });
      response.destroy();
    });
  };
  server.on('request', (request, response) => withSocket(request.socket, () => answer(request, response)));
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { address } = senderOf(request, access);
    if (tooMany.has(request.socket) || (isProxy(request.socket) && !mayCome(address))) {
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
    close: async () => {
      clearInterval(heartbeat);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cutOff = setTimeout(() => {
        for (const ws of sockets.clients) ws.terminate();
        server.closeAllConnections();
      }, closeGraceMs);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cutOff);
    },
  };
}

const tlsOnly = { minVersion: 'TLSv1.3' } as const;

function openServer({ tls, limits }: ListenerOptions): Server {
  const { handshakeTimeoutMs } = limits;
  const bounds = { maxHeaderSize: 8 * 1024, connectionsCheckingInterval: handshakeTimeoutMs / 5 };
  if (!tls) return createServer(bounds);
  const { key, certificate: cert } = tls;
  return createSecureServer({ ...bounds, key, cert, ...tlsOnly, handshakeTimeout: handshakeTimeoutMs });
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

/** ws closes by itself on frames it refuses, with codes of the WebSocket standard: those get the wire's names too. */
const ownCodes: Readonly<Record<number, CloseName>> = {
  1002: 'badFrame',
  1007: 'badFrame',
  1008: 'tooManyFrames',
  1009: 'frameTooLarge',
};

class WireSocket extends WebSocket implements BeatingLine {
  /** Real time, not the hub's clock: whether a line is alive has nothing to do with what is due. */
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

class SocketLine implements Line {
  readonly binding?: Buffer;
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
    if (this.ws.readyState === this.ws.OPEN) this.socket.write(textFrames(this.waiting));
    this.waiting = [];
  }
}

function serveSocket(ws: WireSocket, line: SocketLine, receiver: Receiver) {
  const heard = () => {
    ws.heardAt = performance.now();
  };
  ws.on('pong', () => {
    heard();
    receiver.control();
  });
  ws.on('ping', () => receiver.control());
  ws.on('message', (data, isBinary) => {
    heard();
    if (isBinary) line.close('badFrame');
    else if (ws.readyState === ws.OPEN) receiver.frame(data.toString());
  });
  // ws closes the line by itself; without a listener the error would end the process.
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

function upgradeRefusal(
  request: IncomingMessage,
  { tls, access }: Pick<ListenerOptions, 'tls' | 'access'>,
  port: number,
) {
  const verdict = tls ? checkApp(request) : checkRequest(request, port, access);
  if (!verdict.ok) return verdict;
  return pathOf(request) === '/ws' ? null : { status: 404, message: 'The wire is at /ws.' };
}

function refuseUpgrade(socket: Duplex, status: number, message: string) {
  const body = `${message}\n`;
  // No timeout of the server's holds for it any more, and who was refused may never end its own side.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

async function serveRequest(
  options: ListenerOptions,
  pages: PageFolder,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { role, access, tls, attachments } = options;
  const verdict = tls ? checkApp(request) : checkRequest(request, port, access);
  if (!verdict.ok) return sendText(response, verdict.status, verdict.message, { Connection: 'close' });
  const path = pathOf(request);
  if (/^\/attachments(\/|$)/.test(path)) {
    return attachments.serve(role, path, verdict.address, request, response);
  }
  if (tls) return sendText(response, 404, 'There are no pages here: join with the Foyer app.', { Connection: 'close' });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendText(response, 405, 'Only GET and HEAD.', { Allow: 'GET, HEAD', Connection: 'close' });
  return servePage(options, pages, verdict, request, response);
}

async function servePage(
  { role, randomBytes }: ListenerOptions,
  pages: PageFolder,
  verdict: Sender,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const home = role === 'agent' ? '/' : '/chat';
  if (role === 'customer' && (path === '/' || path === '/chat/')) {
    response.writeHead(302, { Location: home, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  if (path === '/ws') return sendText(response, 426, 'This is a WebSocket.', { Upgrade: 'websocket' });
  const isHome = path === home;
  const file = await pages.file(isHome ? '/index.html' : path);
  if (!file && isHome) return sendText(response, 503, 'The pages are not built yet: run `npm run build`.');
  if (!file) return sendText(response, 404, 'Nothing here.');
  const isPage = file.type.startsWith('text/html');
  const nonce = isPage && role === 'agent' ? Buffer.from(randomBytes(16)).toString('base64') : null;
  const body = nonce === null ? file.body : Buffer.from(file.body.toString('utf8').replaceAll(noncePlaceholder, nonce));
  const headers: Record<string, string> = {
    ...pageHeaders(verdict, nonce),
    'Content-Type': file.type,
    'Cache-Control': isPage ? 'no-store' : 'no-cache',
    ...(isPage ? {} : { ETag: file.etag }),
  };
  if (!isPage && request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Without its query, and never longer than what was sent: files are looked up by it as it is. */
function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
