import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkApp, checkRequest } from './allow-list';
import type { ListenerOptions } from './listener-options';
import { bestOf, type Encoded, noncePlaceholder, type PageFile, type PageFolder, pageHeaders, sendText } from './pages';
import type { Sender } from './proxy-view';

/** Answers a plain HTTP request: a file of the page, or an attachment. */
export async function serveRequest(
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
  const { encoding, body, etag } =
    nonce === null ? bestOf(file, request.headers['accept-encoding']) : withNonce(file, nonce);
  const headers: Record<string, string> = {
    ...pageHeaders(verdict, nonce),
    'Content-Type': file.type,
    'Cache-Control': isPage ? 'no-store' : file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(file.smaller.length > 0 ? { Vary: 'Accept-Encoding' } : {}),
    ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    ...(isPage ? {} : { ETag: etag }),
  };
  if (!isPage && request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function withNonce({ plain }: PageFile, nonce: string): Encoded {
  return { ...plain, body: Buffer.from(plain.body.toString('utf8').replaceAll(noncePlaceholder, nonce)) };
}

/** The path without its query, not normalised: files are looked up by it as it was sent. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
