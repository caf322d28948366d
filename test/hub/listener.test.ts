import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openHub } from '../../main/hub/open-hub';
import type { HubOptions } from '../../main/hub/running-hub';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { closeName } from '../../shared/protocol/close-codes';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { passphrase, seededBytes } from '../support/hub';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function pagesIn(folder: string) {
  for (const name of ['workstation', 'customer']) {
    mkdirSync(join(folder, name, 'assets'), { recursive: true });
    writeFileSync(join(folder, name, 'index.html'), `<meta name="csp-nonce" content="__CSP_NONCE__"><p>${name}</p>`);
    writeFileSync(join(folder, name, 'assets', 'app.js'), 'console.log(1)');
    writeFileSync(join(folder, name, 'assets', 'app-Ab_c-123.js'), 'console.log(22)');
    writeFileSync(join(folder, name, 'assets', 'app-Ab_c-123.js.br'), 'as brotli');
    writeFileSync(join(folder, name, 'assets', 'app-Ab_c-123.js.gz'), 'as gzip');
    writeFileSync(join(folder, 'outside.txt'), 'secret');
  }
  return { workstation: join(folder, 'workstation'), customer: join(folder, 'customer') };
}

async function listening(options: Partial<HubOptions> = {}) {
  const hub = await openHub(
    {
      dataFolder: null,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: null,
      pages: pagesIn(temporaryFolder()),
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      sample: false,
      ...options,
    },
    { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() },
    { scryptCost: 16 },
  );
  onTestFinished(() => hub.stop());
  const agentPort = Number(new URL(hub.agentUrl).port);
  const customerPort = Number(new URL(hub.customerUrl).port);
  return { hub, agentPort, customerPort };
}

interface Got {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Opens the wire and says how that went: `open`, or the status of the refusal. */
function upgrade(url: string, headers: Record<string, string> = {}): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

function closedBy(socket: WebSocket): Promise<string | null> {
  return new Promise((resolve) => socket.on('close', (code) => resolve(closeName(code))));
}

test('each role has its page, with headers that allow nothing from elsewhere', async () => {
  const { agentPort, customerPort } = await listening();
  const first = await get(agentPort, '/');
  const second = await get(agentPort, '/');
  expect([first.status, first.body]).toEqual([200, expect.stringContaining('<p>workstation</p>')]);
  const nonce = /content="([^"]+)"/.exec(first.body)![1]!;
  expect(first.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(first.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${agentPort}`);
  expect(second.body).not.toContain(nonce);
  expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  const chat = await get(customerPort, '/chat?from=shop');
  expect([chat.status, chat.body]).toEqual([200, expect.stringContaining('<p>customer</p>')]);
  expect(chat.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await get(customerPort, '/')).headers.location).toBe('/chat');
  expect((await get(agentPort, '/assets/app.js')).headers['content-type']).toMatch(/javascript/);
});

test('a file goes out as small as its reader can read it, and need not be asked for again if its name tells its content', async () => {
  const { customerPort } = await listening();
  const hashed = '/assets/app-Ab_c-123.js';
  const sent = async (accept: string | null) => {
    const { headers, body } = await get(customerPort, hashed, accept === null ? {} : { 'accept-encoding': accept });
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' });
    return [headers['content-encoding'], body];
  };
  expect(await sent('gzip, deflate, br')).toEqual(['br', 'as brotli']);
  expect(await sent('gzip;q=1.0, br;q=0')).toEqual(['gzip', 'as gzip']);
  expect(await sent('identity')).toEqual([undefined, 'console.log(22)']);
  expect(await sent(null)).toEqual([undefined, 'console.log(22)']);
  const plain = await get(customerPort, '/assets/app.js', { 'accept-encoding': 'br' });
  expect([plain.headers['content-encoding'], plain.headers['cache-control']]).toEqual([undefined, 'no-cache']);
  const again = { 'accept-encoding': 'br', 'if-none-match': String((await get(customerPort, hashed)).headers.etag) };
  expect((await get(customerPort, hashed, again)).status).toBe(200);
  expect((await get(customerPort, `${hashed}.br`)).status).toBe(404);
});

test('nothing outside the pages can be asked for, and odd requests are answered', async () => {
  const { agentPort, customerPort } = await listening();
  for (const path of ['/../outside.txt', '/assets/../../outside.txt', '/%2e%2e/outside.txt', '/assets', '/nope', '/%'])
    expect([path, (await get(agentPort, path)).status]).toEqual([path, 404]);
  expect((await get(agentPort, '/assets/app.js', { range: 'bytes=9-1' })).status).toBe(200);
  expect((await get(agentPort, '/', {}, 'POST')).status).toBe(405);
  expect((await get(customerPort, '/ws')).status).toBe(426);
  expect((await get(agentPort, '/chat')).status).toBe(404);
});

test('a wrong Host or Origin is refused on every path, before the upgrade too', async () => {
  const { hub, agentPort, customerPort } = await listening();
  for (const port of [agentPort, customerPort])
    for (const path of ['/', '/chat', '/ws', '/assets/app.js']) {
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1',
        `127.0.0.1:${port + 1}`,
        `127.0.0.1.evil:${port}`,
      ])
        expect([path, host, (await get(port, path, { host })).status]).toEqual([path, host, 421]);
      const origin = 'http://evil.example';
      expect((await get(port, path, { origin })).status).toBe(403);
    }
  const other = `http://127.0.0.1:${customerPort}`;
  for (const origin of ['http://evil.example', 'null', 'file://', other, `https://127.0.0.1:${agentPort}`])
    expect([origin, await upgrade(hub.agentUrl, { origin })]).toEqual([origin, 403]);
  expect(await upgrade(hub.agentUrl, { host: `rebound.example:${agentPort}` })).toBe(421);
  expect(await upgrade(hub.agentUrl, { origin: `http://localhost:${agentPort}` })).toBe('open');
  expect(await upgrade(hub.agentUrl)).toBe('open');
  expect(await upgrade(hub.agentUrl.replace('/ws', '/other'))).toBe(404);
});

test("no agent's wire on the customers' port", async () => {
  const { customerPort } = await listening();
  const socket = new WebSocket(`ws://127.0.0.1:${customerPort}/ws`);
  const auth = { kind: 'passphrase', passphrase };
  const hello = { type: 'hello', proto: 1, role: 'agent', deviceId: 'd', deviceLabel: '', since: null, lastN: 0, auth };
  socket.on('open', () => socket.send(JSON.stringify(hello)));
  expect(await closedBy(socket)).toBe('signInRefused');
});

test('oversized, binary and broken frames are named, and the hub goes on', async () => {
  const { hub, customerPort } = await listening();
  const send = async (data: string | Buffer) => {
    const socket = new WebSocket(`ws://127.0.0.1:${customerPort}/ws`);
    socket.on('open', () => socket.send(data));
    return closedBy(socket);
  };
  expect(await send(`{"type":"ping","pad":"${'x'.repeat(16 * 1024)}"}`)).toBe('frameTooLarge');
  expect(await send(Buffer.from('{"type":"ping"}'))).toBe('badFrame');
  expect(await send('{')).toBe('badFrame');
  const raw = connect(customerPort, '127.0.0.1');
  raw.write('GET /ws HTTP/1.1\r\nHost: nonsense\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  await new Promise((resolve) => raw.once('close', resolve).resume());
  const garbage = connect(customerPort, '127.0.0.1');
  garbage.write('\x16\x03\x01 this is no HTTP\r\n\r\n');
  await new Promise((resolve) => garbage.once('close', resolve).resume());
  expect(await upgrade(hub.agentUrl)).toBe('open');
});

test('a port in use is refused with the port, and the first listener is given back', async () => {
  const first = await listening();
  await expect(listening({ agentPort: first.agentPort })).rejects.toMatchObject({
    code: 'portInUse',
    message: expect.stringContaining(String(first.agentPort)),
  });
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  await expect(listening({ dataFolder, customerPort: first.customerPort })).rejects.toMatchObject({
    code: 'portInUse',
  });
  // Neither the port nor the folder is held on to.
  await (await listening({ dataFolder })).hub.stop();
});

test('a second hub on a folder is refused; after the first has stopped it may', async () => {
  const dataFolder = temporaryFolder();
  const first = await listening({ dataFolder });
  await expect(listening({ dataFolder })).rejects.toMatchObject({ code: 'folderLocked' });
  await first.hub.stop();
  const again = await listening({ dataFolder, setup: null });
  expect((await again.hub.addAgent('Ana')).code).toMatch(/^.{4}-.{4}-.{4}$/);
});

test.each([
  [{ host: '0.0.0.0' }, 'notLoopback'],
  [{ host: '192.168.1.5' }, 'notLoopback'],
  [{ setup: null }, 'setupNeeded'],
  [{ setup: { officeName: 'X', supervisorName: 'Y', passphrase: 'short' } }, 'passphraseTooShort'],
  [{ dataFolder: '/proc/foyer' }, 'folderUnwritable'],
] as const)('a hub that cannot start says why: %j', async (options, code) => {
  await expect(listening(options as Partial<HubOptions>)).rejects.toMatchObject({ code });
});

test('stopping closes every line with its name', async () => {
  const { hub } = await listening();
  const socket = new WebSocket(hub.agentUrl);
  const auth = { kind: 'passphrase', passphrase };
  const hello = { type: 'hello', proto: 1, role: 'agent', deviceId: 'd', deviceLabel: '', since: null, lastN: 0, auth };
  await new Promise<void>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify(hello)));
    socket.on('message', (data) => JSON.parse(data.toString()).type === 'caughtUp' && resolve());
  });
  const closed = closedBy(socket);
  await hub.stop();
  expect(await closed).toBe('hubStopping');
});
