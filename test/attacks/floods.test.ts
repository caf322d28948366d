import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { closeCodes } from '../../shared/protocol/close-codes';
import { unlimited } from '../support/unlimited';
import { RawLine, upgradeRequest } from './raw-line';
import { bystander, openTarget, stillServes, type Target } from './target';

const hello = (deviceId: string, token: string | null = null) =>
  JSON.stringify({
    ...{ type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token, language: 'en' },
    deviceId,
  });

function endedAfterwards(): RawLine[] {
  const opened: RawLine[] = [];
  onTestFinished(() => {
    for (const line of opened) line.end();
  });
  return opened;
}

test('an address may have so many sockets and no more; another one is served', async () => {
  const target = await openTarget({ linesPerAddressMax: { agent: 2, customer: 2 } });
  const opened = endedAfterwards();
  for (let index = 0; index < 2; index += 1) opened.push(await RawLine.open(target.ports.customer, '127.0.0.9'));
  const third = await RawLine.open(target.ports.customer, '127.0.0.9');
  expect(await third.closeCode()).toBe(closeCodes.tooManyLines);
  third.end();
  for (let index = 0; index < 70; index += 1) opened.push(await RawLine.connect(target.ports.customer, '127.0.0.9'));
  await opened.at(-1)!.gone();
  await (await bystander(target)).write('hello');
  // Closed lines make room.
  opened[0]!.end();
  for (const line of opened.slice(2)) line.end();
  await expect.poll(() => RawLine.open(target.ports.customer, '127.0.0.9').catch(() => null)).not.toBe(null);
});

/** One customer with many tabs that read nothing: every message is sent to all of them. */
async function stalledReaders(target: Target, count: number, opened: RawLine[]) {
  const first = await RawLine.open(target.ports.customer, '127.0.0.2');
  opened.push(first);
  first.text(hello('first'));
  await first.until(() => first.received.includes('caughtUp'));
  const token = /"token":"([^"]+)"/.exec(first.received.toString())![1]!;
  first.text('{"type":"command","cid":"open","n":1,"op":"conversation.open","name":"Eve"}');
  for (let index = 0; index < count; index += 1) {
    const line = await RawLine.open(target.ports.customer, '127.0.0.2');
    opened.push(line);
    line.text(hello(`tab-${index}`, token));
    await line.until(() => line.received.includes('caughtUp'));
    line.socket.pause();
  }
  let n = 1;
  return async (text: string) => {
    n += 1;
    first.text(JSON.stringify({ type: 'command', cid: `c${n}`, n, op: 'message.send', text }));
    target.clock.advance(400);
    await first.until(() => first.received.includes(`"cid":"c${n}"`));
    first.received = Buffer.alloc(0);
  };
}

const buffered = (target: Target) => Math.max(...target.lines.map((line) => line.bufferedBytes));

test('who reads nothing is cut off before much of it waits in memory', async () => {
  const bufferedBytesMax = 64 * 1024;
  const target = await openTarget({ ...unlimited, bufferedBytesMax });
  const opened = endedAfterwards();
  const write = await stalledReaders(target, 3, opened);
  const mei = await bystander(target);
  let most = 0;
  // The system itself buffers some megabytes per line before anything is buffered here.
  for (let words = 0; most <= bufferedBytesMax; words += 1) {
    if (words > 5_000) throw new Error('nothing ever waits');
    await write('中'.repeat(4_000));
    most = Math.max(most, buffered(target));
  }
  // The frame that exceeded the limit is still among them.
  expect(most).toBeLessThan(bufferedBytesMax + defaultLimits.frameBytesMax.customer);
  await expect.poll(() => buffered(target), { timeout: 10_000 }).toBe(0);
  await mei.write('still here?');
}, 60_000);

test('200 readers that stand still and 500 slow handshakes: bounded, and others are served', async () => {
  const stalled = 200;
  const handshakes = 500;
  const target = await openTarget(unlimited);
  const before = process.memoryUsage().rss;
  const opened = endedAfterwards();
  const write = await stalledReaders(target, stalled, opened);
  for (let index = 0; index < handshakes; index += 1) {
    const line = await RawLine.connect(target.ports.customer, `127.0.0.${3 + (index % 4)}`);
    opened.push(line);
    line.socket.write('GET /ws HTTP/1.1\r\nHo');
  }
  const mei = await bystander(target);
  for (let words = 0; words < 200; words += 1) {
    await write('x'.repeat(4_000));
    if (words % 20 === 0) await mei.write(`word ${words}`);
    expect(buffered(target)).toBeLessThan(defaultLimits.bufferedBytesMax);
  }
  const grown = Math.round((process.memoryUsage().rss - before) / 1024 ** 2);
  process.stdout.write(
    `${stalled} stalled readers, ${handshakes} slow handshakes: ${grown} MiB more, both ends of it\n`,
  );
}, 60_000);

test('who opens sockets without end is told so late, and others are served', async () => {
  const { customer } = defaultLimits.budgets;
  const sockets = { address: { burst: 2, perSecond: 0.001 } };
  const budgets = { ...defaultLimits.budgets, customer: { ...customer, sockets } };
  const target = await openTarget({ budgets, turnAwayAfterMs: 1 });
  const opened = endedAfterwards();
  for (let index = 0; index < 2; index += 1) opened.push(await RawLine.open(target.ports.customer, '127.0.0.9'));
  for (const head of [upgradeRequest(target.ports.customer), 'GET /chat HTTP/1.1\r\nHost: x\r\n\r\n']) {
    const third = await RawLine.connect(target.ports.customer, '127.0.0.9');
    opened.push(third);
    third.socket.write(head);
    expect(await third.status()).toBe(429);
  }
  await stillServes(target);
});
