import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkApp, checkRequest } from './allow-list';
import type { ListenerOptions } from './listener-options';
import { noncePlaceholder, type PageFolder, pageHeaders, sendText } from './pages';
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

/** The path without its query, not normalised: files are looked up by it as it was sent. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
