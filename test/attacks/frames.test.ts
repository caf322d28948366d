import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type CloseName, closeCodes } from '../../shared/protocol/close-codes';
import { type RawFrame, RawLine, rawFrame, upgradeRequest } from './raw-line';
import { openTarget, stillServes, type Target } from './target';

const text = 1;
const binary = 2;
const goOn = 0;
const close = 8;
const ping = 9;
const pong = 10;
const hello =
  '{"type":"hello","proto":1,"since":null,"lastN":0,"role":"customer","token":null,"language":"en","deviceId":"eve"}';

/** Opens a line, sends this, and returns the name of the close code. */
async function closedBy({ ports }: Target, frames: RawFrame[]): Promise<string | number | null> {
  const line = await RawLine.open(ports.customer);
  onTestFinished(() => line.end());
  const code = await line.send(...frames).closeCode();
  return Object.entries(closeCodes).find(([, each]) => each === code)?.[0] ?? code;
}

const nested = (depth: number) => `{"type":"ping","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const longPing = `{"type":"ping","pad":"${'x'.repeat(16 * 1024)}"}`;

test.each<[string, RawFrame[], CloseName]>([
  ['a frame one byte too large', [{ opcode: text, payload: 'x'.repeat(16 * 1024 + 1) }], 'frameTooLarge'],
  ['a frame that claims 2^40 bytes', [{ opcode: text, payload: 'x', claimed: 2n ** 40n }], 'frameTooLarge'],
  ['a frame that claims 2^63 bytes', [{ opcode: text, payload: 'x', claimed: 2n ** 63n }], 'frameTooLarge'],
  [
    'fragments that are too large together',
    [
      { opcode: text, fin: false, payload: 'x'.repeat(12_000) },
      { opcode: goOn, payload: 'x'.repeat(12_000) },
    ],
    'frameTooLarge',
  ],
  ['a long frame that is JSON', [{ opcode: text, payload: longPing }], 'frameTooLarge'],
  ['a compressed frame', [{ opcode: text, reserved: 4, payload: 'x' }], 'badFrame'],
  ['reserved bits', [{ opcode: text, reserved: 3, payload: 'x' }], 'badFrame'],
  ['a binary frame', [{ opcode: binary, payload: '{"type":"ping"}' }], 'badFrame'],
  ['an opcode that is none', [{ opcode: 3, payload: 'x' }], 'badFrame'],
  ['a frame without a mask', [{ opcode: text, masked: false, payload: '{"type":"ping"}' }], 'badFrame'],
  ['bad UTF-8', [{ opcode: text, payload: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }], 'badFrame'],
  ['half a surrogate', [{ opcode: text, payload: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]) }], 'badFrame'],
  ['an overlong slash', [{ opcode: text, payload: Buffer.from([0x22, 0xc0, 0xaf, 0x22]) }], 'badFrame'],
  ['a continuation of nothing', [{ opcode: goOn, payload: '}' }], 'badFrame'],
  [
    'a frame in the middle of another',
    [
      { opcode: text, fin: false, payload: '{' },
      { opcode: text, payload: '}' },
    ],
    'badFrame',
  ],
  ['a ping in pieces', [{ opcode: ping, fin: false, payload: 'x' }], 'badFrame'],
  ['a ping of 126 bytes', [{ opcode: ping, payload: 'x'.repeat(126) }], 'badFrame'],
  ['a close frame of one byte', [{ opcode: close, payload: 'x' }], 'badFrame'],
  ['a close code that is none', [{ opcode: close, payload: Buffer.from([0x03, 0xed]) }], 'badFrame'],
  ['JSON nested a little too deep', [{ opcode: text, payload: nested(16) }], 'badFrame'],
  ['JSON nested 8,000 deep', [{ opcode: text, payload: nested(8_000) }], 'badFrame'],
  ['no end of keys', [{ opcode: text, payload: `{${keys(1_500)}"type":"ping"}` }], 'badFrame'],
  ['the same key over and over', [{ opcode: text, payload: `{${'"type":"ping",'.repeat(900)}"x":1}` }], 'badFrame'],
  ['a number without end', [{ opcode: text, payload: `{"type":"ping","n":${'9'.repeat(15_000)}}` }], 'badFrame'],
  ['__proto__', [{ opcode: text, payload: '{"type":"ping","__proto__":{"role":"supervisor"}}' }], 'badFrame'],
  ['__proto__ in escapes', [{ opcode: text, payload: '{"type":"ping","\\u005f_proto__":{"a":1}}' }], 'badFrame'],
  ['constructor.prototype', [{ opcode: text, payload: '{"constructor":{"prototype":{"a":1}}}' }], 'badFrame'],
  ['nothing', [{ opcode: text, payload: '' }], 'badFrame'],
  ['NUL', [{ opcode: text, payload: '\0' }], 'badFrame'],
])('%s closes the line with a name, and others are served', async (_what, frames, name) => {
  const target = await openTarget();
  expect(await closedBy(target, frames)).toBe(name);
  expect(({} as { role?: string; a?: number }).role ?? ({} as { a?: number }).a).toBeUndefined();
  await stillServes(target);
});

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `"k${index}":1,`).join('');
}

test('compression is never agreed on', async () => {
  const { ports } = await openTarget();
  const line = await RawLine.connect(ports.customer);
  line.socket.write(upgradeRequest(ports.customer, { 'Sec-WebSocket-Extensions': 'permessage-deflate' }));
  await line.until(() => line.received.includes('\r\n\r\n'));
  expect(line.received.toString('latin1')).toMatch(/^HTTP\/1\.1 101/);
  expect(line.received.toString('latin1')).not.toMatch(/extensions/i);
  line.end();
});

test('no hello in time, be it for silence or for pings: helloTimeout', async () => {
  const target = await openTarget();
  const silent = await RawLine.open(target.ports.customer);
  const pinging = await RawLine.open(target.ports.agent);
  pinging.text('{"type":"ping"}').send({ opcode: ping });
  await pinging.until(() => pinging.received.includes('pong'));
  target.clock.advance(5_000);
  expect([await silent.closeCode(), await pinging.closeCode()]).toEqual([
    closeCodes.helloTimeout,
    closeCodes.helloTimeout,
  ]);
  silent.end();
  pinging.end();
  await stillServes(target);
});

test.each([
  ['frames', { opcode: text, payload: '{"type":"ping"}' }],
  ['pings', { opcode: ping, payload: 'x'.repeat(125) }],
  ['pongs nobody asked for', { opcode: pong }],
])('a flood of %s is cut off: tooManyFrames', async (_what, frame) => {
  const target = await openTarget();
  const line = await RawLine.open(target.ports.customer);
  onTestFinished(() => line.end());
  line.text(hello).socket.write(Buffer.concat(Array(1_000).fill(rawFrame(frame))));
  expect(await line.closeCode()).toBe(closeCodes.tooManyFrames);
  await stillServes(target);
});

test('a flood of empty pieces of one frame is cut off', async () => {
  const target = await openTarget();
  const line = await RawLine.open(target.ports.customer);
  onTestFinished(() => line.end());
  line.send({ opcode: text, fin: false });
  line.socket.write(Buffer.concat(Array(20_000).fill(rawFrame({ opcode: goOn, fin: false }))));
  expect(await line.closeCode()).toBe(closeCodes.tooManyFrames);
  await stillServes(target);
});

test('whoever is told to go and does not is cut off', async () => {
  const target = await openTarget();
  const line = await RawLine.open(target.ports.customer);
  line.text('{');
  expect(await line.closeCode()).toBe(closeCodes.badFrame);
  await line.gone();
  await stillServes(target);
});

test('a client that goes in the middle of a frame leaves nothing behind', async () => {
  const target = await openTarget();
  const line = await RawLine.open(target.ports.customer);
  line.text(hello).send({ opcode: text, payload: 'x', claimed: 9_000n });
  await line.until(() => line.received.includes('caughtUp'));
  line.end();
  await stillServes(target);
});

test("ws's own client is served as ever", async () => {
  const { ports } = await openTarget();
  const socket = new WebSocket(`ws://127.0.0.1:${ports.customer}/ws`, { perMessageDeflate: true });
  await new Promise((resolve) => socket.once('open', resolve));
  expect(socket.extensions).toBe('');
  socket.terminate();
});
