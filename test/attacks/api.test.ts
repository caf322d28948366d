import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { hashSecret } from '../../main/hub/system/tokens';
import { RawLine } from './raw-line';
import { bystander, openTarget, stillServes, type Target } from './target';

/** What a stranger on the machine, or a program that has gone wild, can do by the API. */

const token = 'k'.repeat(43);

async function withToken(): Promise<Target> {
  const target = await openTarget();
  target.hub.step((step) =>
    step.add({
      ...{ type: 'apiToken.made', tokenId: 'apiToken-1', name: 'Shop', scopes: ['conversations:write'] },
      ...{ tokenHash: hashSecret(token), identityKey: 'key', madeAt: step.at },
    }),
  );
  return target;
}

async function connected({ ports }: Target): Promise<RawLine> {
  const line = await RawLine.connect(ports.agent, '127.0.0.1');
  onTestFinished(() => line.end());
  return line;
}

function head({ ports }: Target, path: string, bearer: string, more = ''): string {
  const method = more === '' ? 'GET' : 'POST';
  const host = `Host: 127.0.0.1:${ports.agent}`;
  return `${method} /api/v1${path} HTTP/1.1\r\n${host}\r\nAuthorization: Bearer ${bearer}\r\n${more}\r\n`;
}

function statuses({ received }: RawLine): string[] {
  return [...received.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status!);
}

async function ask(line: RawLine, request: string): Promise<string> {
  const before = statuses(line).length;
  line.socket.write(request);
  await line.until(() => statuses(line).length > before);
  return statuses(line).at(-1)!;
}

function post(target: Target, id: string): string {
  const body = JSON.stringify({ customer: { id } });
  const more = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return head(target, '/conversations', token, more) + body;
}

test('who guesses tokens is told so a few times, then to wait; whoever has one is served meanwhile', async () => {
  const target = await withToken();
  const line = await connected(target);
  const guesses: string[] = [];
  for (let guess = 0; guess < 30; guess += 1)
    guesses.push(await ask(line, head(target, '/token', String(guess).padStart(43, 'x'))));
  const { burst = 0 } = defaultLimits.api.unknown.address ?? {};
  expect(guesses).toEqual([...Array(burst).fill('401'), ...Array(30 - burst).fill('429')]);
  expect(line.received.toString('latin1')).toMatch(/Retry-After: \d+\r\n/);
  expect(await ask(await connected(target), head(target, '/token', token))).toBe('200');
  target.clock.advance(10_000);
  expect(target.log).toContain('refused.begun {"what":"api","address":"127.0.0.1"}');
  await stillServes(target);
});

test('a program gone wild gets what its budget gives, and slows down nobody', async () => {
  const target = await withToken();
  const mei = await bystander(target);
  const before = target.hub.state.seq;
  let line = await connected(target);
  const answers: string[] = [];
  const { burst = 0 } = defaultLimits.api.writes.person ?? {};
  for (let count = 0; count < burst + 50; count += 1) {
    answers.push(await ask(line, post(target, `c-${count}`)));
    // A refused body is not read.
    if (answers.at(-1) === '429') line = await connected(target);
    if (count % 25 === 0) await mei.write('is anybody there?');
  }
  expect(answers).toEqual([...Array(burst).fill('201'), ...Array(50).fill('429')]);
  // What is refused leaves no record.
  expect(target.hub.state.seq - before).toBeLessThan(burst * 3);
  target.clock.advance(1_000);
  expect(await ask(await connected(target), post(target, 'later'))).toBe('201');
  await stillServes(target);
});

test('bodies that never end hold a few places for a while, and nobody else’s', async () => {
  const target = await withToken();
  const { person: places = 0 } = defaultLimits.api.atOnceMax;
  const more = 'Content-Type: application/json\r\nContent-Length: 1000\r\n';
  const slow: RawLine[] = [];
  for (let count = 0; count < places; count += 1) {
    const line = await connected(target);
    line.socket.write(`${head(target, '/conversations', token, more)}{"cust`);
    slow.push(line);
  }
  const other = await connected(target);
  await expect.poll(() => ask(other, head(target, '/token', token)).catch(() => 'gone')).toBe('429');
  await stillServes(target);
  target.clock.advance(defaultLimits.api.bodyTimeoutMs);
  for (const line of slow) await line.gone();
  expect(await ask(await connected(target), head(target, '/token', token))).toBe('200');
});

test('pipelined requests of one socket are bounded, and answered in order', async () => {
  const target = await withToken();
  const line = await connected(target);
  line.socket.write(head(target, '/token', token).repeat(100));
  await line.gone();
  expect(statuses(line).length).toBeLessThanOrEqual(defaultLimits.requestsWaitingMax);
  await stillServes(target);
});

test.each([
  [
    'a body without an end',
    `Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n`,
    `20000\r\n${'x'.repeat(0x20000)}\r\n`,
  ],
  ['a length that is a lie', 'Content-Type: application/json\r\nContent-Length: 99999999\r\n', '{}'],
  ['prototype keys', 'Content-Type: application/json\r\nContent-Length: 28\r\n', '{"__proto__":{"customer":1}}'],
  ['depth', 'Content-Type: application/json\r\nContent-Length: 60000\r\n', '['.repeat(60_000)],
])('%s is refused', async (_name, more, body) => {
  const target = await withToken();
  const line = await connected(target);
  expect(await ask(line, head(target, '/conversations', token, more) + body)).toBeOneOf(['400', '413']);
  expect(target.hub.state.customers.size).toBe(0);
  await stillServes(target);
});

test('no token is in a log or a file, and no customer’s port has an API', async () => {
  const target = await withToken();
  await ask(await connected(target), head(target, '/token', token));
  await ask(await connected(target), head(target, '/nothing', 'w'.repeat(43)));
  expect(target.log.join()).not.toMatch(/k{43}|w{43}/);
  const line = await RawLine.connect(target.ports.customer, '127.0.0.1');
  onTestFinished(() => line.end());
  const own = `GET /api/v1/token HTTP/1.1\r\nHost: 127.0.0.1:${target.ports.customer}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  expect(await ask(line, own)).toBe('404');
});
