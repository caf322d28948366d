import { expect, onTestFinished, test } from 'vitest';
import { RawLine, upgradeRequest } from './raw-line';
import { openTarget, stillServes, type Target } from './target';

/** The status of the hub's answer to exactly these bytes. */
async function answer({ ports }: Target, bytes: string): Promise<{ status: number; text: string }> {
  const line = await RawLine.connect(ports.customer);
  onTestFinished(() => line.end());
  line.socket.write(bytes.replaceAll('{port}', String(ports.customer)), 'latin1');
  return { status: await line.status(), text: line.received.toString('latin1') };
}

const host = 'Host: 127.0.0.1:{port}\r\nConnection: close\r\n';
const smuggled = `GET /assets/app.js HTTP/1.1\r\n${host}\r\n`;

test.each([
  [
    'both lengths',
    `GET /chat HTTP/1.1\r\n${host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX`,
    400,
  ],
  ['two lengths', `GET /chat HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${smuggled}`, 400],
  ['a length that is none', `GET /chat HTTP/1.1\r\n${host}Content-Length: +4\r\n\r\nabcd`, 400],
  ['an encoding that is none', `GET /chat HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n`, 400],
  ['chunked twice', `GET /chat HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n`, 400],
  ['a space before the colon', `GET /chat HTTP/1.1\r\n${host}Content-Length : 5\r\n\r\nabcde`, 400],
  ['a folded header', `GET /chat HTTP/1.1\r\n${host}X: a\r\n Transfer-Encoding: chunked\r\n\r\n`, 400],
  ['a bare LF', `GET /chat HTTP/1.1\n${host}\n\n`, 400],
  ['NUL in a header', `GET /chat HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400],
  ['no Host', 'GET /chat HTTP/1.1\r\n\r\n', 400],
  ['two Hosts', `GET /chat HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, 400],
  ['two Hosts, the wrong one first', `GET /chat HTTP/1.1\r\nHost: evil.example\r\n${host}\r\n`, 400],
  [
    'two Origins',
    `GET /chat HTTP/1.1\r\n${host}Origin: http://127.0.0.1:{port}\r\nOrigin: http://e.example\r\n\r\n`,
    400,
  ],
  ['a Host with a name in front', 'GET /chat HTTP/1.1\r\nHost: x@127.0.0.1:{port}\r\nConnection: close\r\n\r\n', 421],
  ['a Host with a dot behind', 'GET /chat HTTP/1.1\r\nHost: localhost.:{port}\r\nConnection: close\r\n\r\n', 421],
  ['another spelling of loopback', 'GET /chat HTTP/1.1\r\nHost: 2130706433:{port}\r\nConnection: close\r\n\r\n', 421],
  ['huge headers', `GET /chat HTTP/1.1\r\n${host}X: ${'x'.repeat(9_000)}\r\n\r\n`, 431],
  ['4,500 headers', `GET /chat HTTP/1.1\r\n${host}${'a:b\r\n'.repeat(4_500)}\r\n`, 431],
  ['an absolute address', `GET http://127.0.0.1:{port}/chat HTTP/1.1\r\n${host}\r\n`, 404],
  ["somebody else's address", `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n`, 404],
  ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`, 0],
  ['TRACE', `TRACE /chat HTTP/1.1\r\n${host}\r\n`, 405],
  ['a method that is none', `JEFF /chat HTTP/1.1\r\n${host}\r\n`, 400],
  ['HTTP/2 said outright', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['*', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 405],
])('%s is answered and nothing more', async (_what, bytes, status) => {
  const target = await openTarget();
  const { status: got, text } = await answer(target, bytes);
  expect(got).toBe(status);
  expect(text.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(text).not.toContain('console.log');
  await stillServes(target);
});

const dots = ['..', '%2e%2e', '.%2e', '%252e%252e', '..%00', '%c0%ae%c0%ae', '\xc0\xae\xc0\xae', '..;', '%u002e%u002e'];
const slashes = ['/', '%2f', '\\', '%5c', '%255c', '//', '%c0%af', '/./'];
const ways = dots.flatMap((dot) => slashes.flatMap((slash) => ['/', '/assets/'].map((start) => start + dot + slash)));

test(`no way out of the pages, in ${ways.length} spellings`, async () => {
  const target = await openTarget();
  const wrong: string[] = [];
  for (const way of ways)
    for (const file of ['outside.txt', `..${way.slice(-1)}outside.txt`]) {
      const { status, text } = await answer(target, `GET ${way}${file} HTTP/1.1\r\n${host}\r\n`);
      if ((status !== 404 && status !== 400) || text.includes('secret')) wrong.push(`${way}${file}: ${status}`);
    }
  expect(wrong).toEqual([]);
  await stillServes(target);
});

test.each(['bytes=9-1', 'bytes=-', `bytes=${'0-0,'.repeat(1_000)}`, 'bytes=99999999999999999999-', 'lines=1-2'])(
  'a range is not looked at (%#)',
  async (range) => {
    const target = await openTarget();
    const request = `GET /assets/app.js HTTP/1.1\r\n${host}Range: ${range}\r\n\r\n`;
    const { status, text } = await answer(target, request);
    expect([status, text.endsWith('console.log(1)')]).toEqual([200, true]);
  },
);

const upgrades: [string, Record<string, string>, number][] = [
  ['a page elsewhere', { Origin: 'http://evil.example' }, 403],
  ['a page without an origin', { Origin: 'null' }, 403],
  ['a page on another port', { Origin: 'http://127.0.0.1:1' }, 403],
  ['a name that starts alike', { Origin: 'http://127.0.0.1.evil.example' }, 403],
  ['an origin with a name in front', { Origin: 'http://127.0.0.1@evil.example' }, 403],
  ['a rebound name', { Host: 'rebound.example', Origin: 'http://rebound.example' }, 421],
  ['a version of long ago', { 'Sec-WebSocket-Version': '7' }, 400],
  ['a key that is none', { 'Sec-WebSocket-Key': 'x' }, 400],
  ['another protocol', { Upgrade: 'h2c' }, 400],
];

test.each(upgrades)('the wire is not opened for %s, and the socket is gone at once', async (_what, headers, status) => {
  const target = await openTarget();
  for (const port of Object.values(target.ports)) {
    const line = await RawLine.connect(port);
    line.socket.write(upgradeRequest(port, headers));
    expect(await line.status()).toBe(status);
    // The client never ends its side, which must not keep the socket alive.
    await line.gone();
  }
  expect(target.lines).toEqual([]);
  await stillServes(target);
});

test('a head that never ends is cut off in time', async () => {
  const target = await openTarget({ handshakeTimeoutMs: 50 });
  const silent = await RawLine.connect(target.ports.customer);
  const slow = await RawLine.connect(target.ports.customer);
  slow.socket.write('GET /ws HTTP/1.1\r\nHost: 127');
  for (const line of [silent, slow]) await line.gone();
  await stillServes(target);
});
