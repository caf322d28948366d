import type { IncomingMessage, ServerResponse } from 'node:http';
import { Api, tellProblem } from '../api/api';
import { Problem } from '../api/problem';
import { officesPage } from '../state/chat-page';
import { checkApp, checkRequest } from './allow-list';
import { chatPageFile } from './chat-page-file';
import type { ListenerOptions } from './listener-options';
import {
  bestOf,
  type Encoded,
  noncePlaceholder,
  type PageFile,
  type PageFolder,
  pageHeaders,
  sendText,
  standsAlone,
} from './pages';
import { type Sender, senderOf } from './proxy-view';
import { type WidgetScript, widgetCacheSeconds } from './widget-script';

/** What a listener serves. */
export interface Served {
  pages: PageFolder;
  widgetScript: WidgetScript;
}

/** Answers a plain HTTP request: a file of the page, or an attachment. */
export async function serveRequest(
  options: ListenerOptions,
  served: Served,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { role, access, tls, attachments } = options;
  if (role === 'agent' && Api.isAt(pathOf(request))) return serveProgram(options, port, request, response);
  const verdict = tls ? checkApp(request) : checkRequest(request, port, access);
  if (!verdict.ok) return sendText(response, verdict.status, verdict.message, { Connection: 'close' });
  const path = pathOf(request);
  if (/^\/attachments(\/|$)/.test(path)) {
    return attachments.serve(role, path, verdict.address, request, response);
  }
  if (tls) return sendText(response, 404, 'There are no pages here: join with the Foyer app.', { Connection: 'close' });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendText(response, 405, 'Only GET and HEAD.', { Allow: 'GET, HEAD', Connection: 'close' });
  return servePage(options, served, verdict, request, response);
}

/** The API: by a token, and never for a page. */
async function serveProgram(
  { access, tls, api }: ListenerOptions,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The API refuses pages itself, in its own words.
  const isPage = request.headers.origin !== undefined;
  const verdict =
    tls || isPage ? { ok: true as const, ...senderOf(request, access) } : checkRequest(request, port, access);
  if (!verdict.ok) {
    const detail = 'Call it by the address that Settings → API shows.';
    const { status, message: title } = verdict;
    return tellProblem(request, response, new Problem({ status, code: 'notAllowedHere', title, detail }));
  }
  return api.serve(pathOf(request), verdict.address, request, response);
}

async function servePage(
  { role, randomBytes, widget, config }: ListenerOptions,
  { pages, widgetScript }: Served,
  verdict: Sender,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const acceptEncoding = request.headers['accept-encoding'];
  const home = role === 'agent' ? '/' : '/chat';
  if (role === 'customer' && (path === '/' || path === '/chat/')) {
    response.writeHead(302, { Location: home, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  if (path === '/ws') return sendText(response, 426, 'This is a WebSocket.', { Upgrade: 'websocket' });
  const isHome = path === home;
  const isTrial = role === 'customer' && path === '/try';
  const worded = role === 'customer' ? chatPageFile(path, config()) : null;
  const file = worded ?? (await pages.file(isHome ? '/index.html' : isTrial ? '/try.html' : path));
  if (!file && isHome) return sendText(response, 503, 'The pages are not built yet: run `npm run build`.');
  if (!file) return sendText(response, 404, 'Nothing here.');
  if (role === 'customer' && path === '/widget.js') {
    const headers = { ...pageHeaders(verdict, standsAlone), ...widgetHeaders };
    return sendFile(
      request,
      response,
      bestOf(widgetScript.file(file, widget(), officesPage(config())), acceptEncoding),
      headers,
    );
  }
  const isPage = file.type.startsWith('text/html');
  const nonce = isPage && role === 'agent' ? Buffer.from(randomBytes(16)).toString('base64') : null;
  // The hub's own pages may show the chat, and those of the sites that the office names.
  const shownBy = role === 'customer' && isHome ? ["'self'", ...widget().sites] : [];
  const shows = isTrial ? "'self'" : "'none'";
  const headers = {
    ...pageHeaders(verdict, { nonce, shownBy, shows }),
    'Content-Type': file.type,
    'Cache-Control': isPage ? 'no-store' : file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(file.smaller.length > 0 ? { Vary: 'Accept-Encoding' } : {}),
  };
  const answer = nonce === null ? bestOf(file, acceptEncoding) : withNonce(file, nonce);
  sendFile(request, response, answer, headers);
}

/** For any site: what may stand where is up to the chat that the script shows. */
const widgetHeaders = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cache-Control': `public, max-age=${widgetCacheSeconds}`,
  'Cross-Origin-Resource-Policy': 'cross-origin',
  Vary: 'Accept-Encoding',
};

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { encoding, body, etag }: Encoded,
  common: Record<string, string>,
): void {
  const isKept = common['Cache-Control'] !== 'no-store';
  const headers = {
    ...common,
    ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    ...(isKept ? { ETag: etag } : {}),
  };
  if (isKept && request.headers['if-none-match'] === etag) {
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
