import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop's page, as its owner might have written it. */
export interface ShopPage {
  html?: string;
  css?: string;
  head?: string;
  csp?: string;
  /** Calls and scripts of the shop itself, from a file of its own. */
  script?: string;
  /** Scripts of the chat; one by default. */
  copies?: number;
}

export interface Shop {
  /** The shop's origin, on another site than the hub: a private window lets a frame from there store nothing. */
  origin: string;
  /** The same shop by a name of the hub's own site, as shop.example is to chat.shop.example. */
  sameSite: string;
  /** Serves this page, and returns its address. */
  serve(page: ShopPage, at?: string): string;
  close(): Promise<void>;
}

const goods = Array.from({ length: 40 }, (_, at) => `<p>Lamp ${at + 1}, dimmable, 6 W</p>`).join('\n');

/** A small shop on its own port. `hubOrigin` is asked anew for each page: the hub may have moved. */
export async function openShop(hubOrigin: () => string): Promise<Shop> {
  const pages: ShopPage[] = [];
  const server = createServer((request, response) => {
    const [, at = '', file = ''] = (request.url ?? '').split(/[/?]/);
    const page = pages[Number(at)];
    if (!page || !/^\d+$/.test(at)) return void response.writeHead(404).end();
    const send = (type: string, body: string, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
    if (file === 'style.css') return void send('text/css', page.css ?? '');
    if (file === 'shop.js') return void send('text/javascript', page.script ?? '');
    const script = `<script src="${hubOrigin()}/widget.js" async></script>`;
    const html = `<!doctype html><html lang="en" ${page.html ?? ''}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Desk lamps</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${at}/style.css">${page.head ?? ''}
<script src="/${at}/shop.js"></script>${script.repeat(page.copies ?? 1)}</head>
<body><h1>Desk lamps</h1><button id="ask">Ask us</button>${goods}</body></html>`;
    send('text/html', html, page.csp === undefined ? {} : { 'Content-Security-Policy': page.csp });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  return {
    origin,
    sameSite: `http://127.0.0.1:${port}`,
    serve: (page, at = origin) => `${at}/${pages.push(page) - 1}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
