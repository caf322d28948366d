import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { readOptions } from '../../main/hub/cli/options';
import type { OutsideAccess } from '../../main/hub/listen/proxy-view';
import { closeCodes } from '../../shared/protocol/close-codes';
import { files } from '../support/files';
import { temporaryFolder } from '../support/folder';
import { claimedAddress, freePort, openNginx } from './nginx';
import { RawLine, upgradeRequest } from './raw-line';
import { openTarget, stillServes } from './target';

const publicHost = 'chat.example.com';
const proxied: OutsideAccess = {
  trustedProxies: ['127.0.0.1'],
  publicUrl: new URL(`https://${publicHost}`),
  hosts: [],
};
const stranger = '127.0.0.8';

/** 101 for an accepted line that stays open, else its close code, or the status of a refused upgrade. */
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
  [
    'a page on the proxy’s own machine that claims the right name',
    { Host: 'evil.example', 'X-Forwarded-Host': publicHost },
    421,
  ],
  ['one of two names', { 'X-Forwarded-Host': `evil.example, ${publicHost}` }, 421],
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

/** The port of an nginx in front of this hub. */
async function startNginx(hubPort: number): Promise<number> {
  const port = await freePort();
  const nginx = await openNginx(temporaryFolder(), port, hubPort);
  onTestFinished(() => nginx.stop());
  return port;
}

/** A customer's line through nginx, signed in. */
async function customerThrough(port: number) {
  const line = await through(port, { Origin: `https://${publicHost}` });
  if (typeof line === 'number') throw new Error(`refused with ${line}`);
  // biome-ignore lint/suspicious/noExplicitAny: frames of every kind
  const frames: any[] = [];
  line.on('message', (data) => frames.push(JSON.parse(data.toString())));
  const hello = { type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token: null, language: 'en' };
  line.send(JSON.stringify({ ...hello, deviceId: 'tab' }));
  // biome-ignore lint/suspicious/noExplicitAny: frames of every kind
  const until = (wanted: (frame: any) => boolean) => vi.waitUntil(() => frames.find(wanted), { timeout: 15_000 });
  const { token } = await until(({ type }) => type === 'welcome');
  let n = 0;
  const command = (body: object) => {
    n += 1;
    const cid = `c${n}`;
    line.send(JSON.stringify({ type: 'command', cid, n, ...body }));
    return until((frame) => frame.cid === cid);
  };
  return { token, command };
}

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

test("the recipe of main/hub/listen/PROXY.md in Debian's nginx: the page, the wire, who it is, and a page when the hub is away", async () => {
  const target = await openTarget({}, proxied);
  const [port, lonelyPort] = [await startNginx(target.ports.customer), await startNginx(await freePort())];
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
  // nginx drops the address that a customer claims.
  expect(target.lines.map(({ address }) => address)).toEqual([stranger]);

  const away = await page(lonelyPort, '/chat');
  expect([away.status, away.body]).toEqual([502, expect.stringContaining('not running at the moment')]);
}, 60_000);

/** A request through nginx, as a customer's page sends it. */
function ask(port: number, method: string, path: string, headers: Record<string, string>, body?: Buffer) {
  return new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, rejectUnauthorized: false, agent: false as const };
    const sent = request({ ...options, headers: { host: publicHost, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end(body);
  });
}

test('a picture of 9 MB goes through nginx to the hub and back, and one that is too large is turned away', async () => {
  const target = await openTarget({}, proxied);
  const port = await startNginx(target.ports.customer);
  const mei = await customerThrough(port);
  const conversationId = (await mei.command({ op: 'conversation.open', name: 'Mei' })).result.conversationId;
  const picture = Buffer.concat([files.png, randomBytes(9_000_000)]);
  const authorization = { authorization: `Bearer ${mei.token}` };
  const up = await ask(port, 'POST', '/attachments', authorization, picture);
  const { attachmentId } = JSON.parse(up.body.toString());
  expect([up.status, attachmentId]).toEqual([201, createHash('sha256').update(picture).digest('hex')]);
  await mei.command({ op: 'message.send', text: '', attachments: [{ attachmentId, name: 'chair.png' }] });
  const back = await ask(port, 'GET', `/attachments/${conversationId}/${attachmentId}`, authorization);
  expect([back.status, back.body.equals(picture)]).toEqual([200, true]);
  expect((await ask(port, 'POST', '/chat', authorization, Buffer.alloc(17 * 1024))).status).toBe(413);
}, 60_000);

test('all of an IPv6 /64 is one address, for nginx and for the hub', async () => {
  const target = await openTarget({ linesPerAddressMax: { agent: 1, customer: 1 } }, proxied);
  const port = await startNginx(target.ports.customer);
  const from = async (address: string) => {
    const line = await through(port, { Origin: `https://${publicHost}`, [claimedAddress]: address });
    if (typeof line === 'number') return line;
    return new Promise((resolve) => {
      line.once('message', (data) => resolve(JSON.parse(data.toString()).code ?? 'in'));
      line.send('{"type":"ping"}');
    });
  };
  expect(await from('2001:db8:1:2::3')).toBe('in');
  expect(await from('2001:db8:1:2:ffff::4')).toBe('tooManyLines');
  expect(await from('2001:db8:1:3::3')).toBe('in');
  // More uploads at once than the recipe allows one network: nginx refuses them itself, whatever their addresses.
  const file = async (address: string) =>
    (await ask(port, 'POST', '/attachments', { [claimedAddress]: address })).status;
  const statuses = await Promise.all(
    Array.from({ length: 120 }, (_, host) => file(`2001:db8:1:2::${host.toString(16)}`)),
  );
  expect([...new Set(statuses)].sort()).toEqual([401, 429]);
  expect(await file('2001:db8:1:4::3')).toBe(401);
}, 60_000);
