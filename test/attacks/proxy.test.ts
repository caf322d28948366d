import { request } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { readOptions } from '../../main/hub/cli-options';
import type { Front } from '../../main/hub/front';
import { closeCodes } from '../../shared/protocol/close-codes';
import { freePort, startNginx } from './nginx';
import { RawLine, upgradeRequest } from './raw-line';
import { openTarget, stillServes } from './target';

const publicHost = 'chat.example.com';
const proxied: Front = { trustedProxies: ['127.0.0.1'], publicUrl: new URL(`https://${publicHost}`), hosts: [] };
const stranger = '127.0.0.8';

/** 101 for a line that is taken and stays open, the code it is closed with, or the status of a refused upgrade. */
async function upgrade(port: number, from: string, headers: Record<string, string>): Promise<number> {
  const line = await RawLine.connect(port, from);
  onTestFinished(() => line.end());
  line.socket.write(upgradeRequest(port, headers));
  await line.until(() => line.received.includes('\r\n\r\n'));
  const status = Number(line.received.toString('latin1').slice(9, 12));
  if (status !== 101) return status;
  line.text('{"type":"ping"}');
  await line.until(() => line.received.includes('"pong"') || line.received.includes('"refused"'));
  return line.received.includes('"tooManyLines"') ? closeCodes.tooManyLines : 101;
}

const byProxy = (client: string) => ({
  Host: publicHost,
  Origin: `https://${publicHost}`,
  'X-Forwarded-For': client,
  'X-Forwarded-Proto': 'https',
});

test('limits count who is behind the proxy, and not the proxy', async () => {
  const { ports, lines } = await openTarget({ linesPerAddressMax: { agent: 1, customer: 1 } }, proxied);
  const port = ports.customer;
  expect(await upgrade(port, '127.0.0.1', byProxy('203.0.113.1'))).toBe(101);
  expect(await upgrade(port, '127.0.0.1', byProxy('203.0.113.1'))).toBe(closeCodes.tooManyLines);
  expect(await upgrade(port, '127.0.0.1', byProxy('198.51.100.7, 203.0.113.1'))).toBe(closeCodes.tooManyLines);
  expect(await upgrade(port, '127.0.0.1', byProxy('203.0.113.2, 127.0.0.1'))).toBe(101);
  expect(lines.map(({ address }) => address)).toEqual([...Array(3).fill('203.0.113.1'), '203.0.113.2']);
});

test("nobody else's word is taken for who they are or where they called", async () => {
  const { ports, lines } = await openTarget({ linesPerAddressMax: { agent: 1, customer: 1 } }, proxied);
  const port = ports.customer;
  const claims = { 'X-Forwarded-For': '203.0.113.5', 'X-Forwarded-Host': publicHost, 'X-Forwarded-Proto': 'https' };
  expect(await upgrade(port, stranger, { ...claims, Host: 'evil.example' })).toBe(421);
  expect(await upgrade(port, stranger, claims)).toBe(101);
  expect(await upgrade(port, stranger, { ...claims, 'X-Forwarded-For': '203.0.113.6' })).toBe(closeCodes.tooManyLines);
  expect(lines.map(({ address }) => address)).toEqual([stranger, stranger]);
});

test.each([
  ['another page through the proxy', { Origin: 'https://evil.example' }, 403],
  ['its plain twin', { Origin: `http://${publicHost}` }, 403],
  ['a name that ends alike', { Host: `evil-${publicHost}` }, 421],
  ['another name that the proxy passes on', { 'X-Forwarded-Host': 'evil.example' }, 421],
])('%s is refused', async (_what, headers, status) => {
  const target = await openTarget({}, proxied);
  expect(await upgrade(target.ports.customer, '127.0.0.1', { ...byProxy('203.0.113.1'), ...headers })).toBe(status);
  await stillServes(target);
});

test('without a proxy to trust, nothing that is forwarded is believed, and no other name is known', async () => {
  const { ports, lines } = await openTarget();
  expect(await upgrade(ports.customer, '127.0.0.1', byProxy('203.0.113.1'))).toBe(421);
  expect(await upgrade(ports.customer, '127.0.0.1', { 'X-Forwarded-For': '203.0.113.1' })).toBe(101);
  expect(lines.map(({ address }) => address)).toEqual(['127.0.0.1']);
});

test("a customers' listener on the network answers to its own addresses, and not to a rebound name", async () => {
  const target = await openTarget({}, { trustedProxies: [], publicUrl: null, hosts: ['192.0.2.4'] });
  const host = `192.0.2.4:${target.ports.customer}`;
  expect(await upgrade(target.ports.customer, stranger, { Host: host, Origin: `http://${host}` })).toBe(101);
  expect(await upgrade(target.ports.customer, stranger, { Host: host, Origin: 'http://evil.example' })).toBe(403);
  expect(await upgrade(target.ports.customer, stranger, { Host: `192.0.2.5:${target.ports.customer}` })).toBe(421);
});

test.each([
  [['--public-url', 'chat.example.com'], '--public-url https://'],
  [['--public-url', 'https://chat.example.com/foyer'], '--public-url https://'],
  [['--public-url', 'https://me@chat.example.com'], '--public-url https://'],
  [['--public-url', 'javascript:alert(1)'], '--public-url https://'],
  [['--trusted-proxy', 'proxy.local'], '--trusted-proxy 127.0.0.1'],
])('wrong options say what to type: %j', (args, advice) => {
  expect(() => readOptions(args)).toThrow(advice);
});

function page(port: number, path: string): Promise<{ status: number; body: string; policy: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: publicHost };
    const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false, agent: false as const };
    const sent = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (data) => {
        body += data;
      });
      const policy = String(response.headers['content-security-policy']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, policy }));
    });
    sent.on('error', reject).end();
  });
}

async function through(port: number, headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/ws`, {
    headers: { Host: publicHost, ...headers },
    rejectUnauthorized: false,
    localAddress: stranger,
  });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

test("the recipe of main/hub/PROXY.md in Debian's nginx: the page, the wire, who it is, and a page when the hub is away", async () => {
  const target = await openTarget({}, proxied);
  const [port, lonelyPort] = [await freePort(), await freePort()];
  await startNginx(port, target.ports.customer);
  const chat = await page(port, '/chat');
  expect([chat.status, chat.body]).toEqual([200, '<p>the page</p>']);
  expect(chat.policy).toContain(`connect-src 'self' wss://${publicHost}`);

  const origin = `https://${publicHost}`;
  expect(await through(port, { Origin: 'https://evil.example' })).toBe(403);
  const line = await through(port, { Origin: origin, 'X-Forwarded-For': '203.0.113.66' });
  if (typeof line === 'number') throw new Error(`refused with ${line}`);
  const answered = new Promise((resolve) => line.once('message', (data) => resolve(JSON.parse(data.toString()).type)));
  line.send('{"type":"ping"}');
  expect(await answered).toBe('pong');
  // What a customer claims of themselves ends at nginx.
  expect(target.lines.map(({ address }) => address)).toEqual([stranger]);

  await startNginx(lonelyPort, await freePort());
  const away = await page(lonelyPort, '/chat');
  expect([away.status, away.body]).toEqual([502, expect.stringContaining('not running at the moment')]);
}, 60_000);
