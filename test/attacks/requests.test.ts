import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits, type HubLimits } from '../../main/hub/limits';
import type { OutsideAccess } from '../../main/hub/listen/proxy-view';
import { RawLine } from './raw-line';
import { openTarget, stillServes, type Target } from './target';

const stranger = '127.0.0.9';

function requestsOf(burst: number): Pick<HubLimits, 'budgets'> {
  const requests = { address: { burst, perSecond: 0.1 } };
  const { agent, customer } = defaultLimits.budgets;
  return { budgets: { ...defaultLimits.budgets, agent: { ...agent, requests }, customer: { ...customer, requests } } };
}

function get(port: number, path = '/assets/app.js', headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n`;
}

async function connected(port: number, from = stranger): Promise<RawLine> {
  const line = await RawLine.connect(port, from);
  onTestFinished(() => line.end());
  return line;
}

function answersOn({ received }: RawLine): string[] {
  return [...received.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status!);
}

/** Requests one after the other on one socket. */
async function ask(line: RawLine, request: string): Promise<string> {
  const before = answersOn(line).length;
  line.socket.write(request);
  await line.until(() => answersOn(line).length > before);
  return answersOn(line).at(-1)!;
}

test.each(['customer', 'agent'] as const)('an address may ask the %s port so often and no more', async (role) => {
  const target = await openTarget(requestsOf(3));
  const port = target.ports[role];
  const line = await connected(port);
  for (const status of ['200', '404', '200'])
    expect(await ask(line, get(port, status === '404' ? '/nothing' : '/assets/app.js'))).toBe(status);
  // Requests pipelined after it get no answer.
  line.socket.write(get(port).repeat(3));
  await line.status();
  expect(answersOn(line).slice(3)).toEqual(['429']);
  expect(line.received.toString('latin1')).toMatch(/Connection: close\r\nRetry-After: 10\r\n/);
  expect(await ask(await connected(port), get(port))).toBe('429');
  expect(await ask(await connected(port, '127.0.0.10'), get(port))).toBe('200');
  target.clock.advance(10_000);
  expect(target.log).toContain(`refused.begun {"what":"lines","address":"${stranger}"}`);
  expect(await ask(await connected(port), get(port))).toBe('200');
  await stillServes(target);
});

test('behind a proxy it is its clients who are counted', async () => {
  const proxied: OutsideAccess = { trustedProxies: [stranger], publicUrl: null, hosts: [] };
  const { ports } = await openTarget(requestsOf(1), proxied);
  const by = async (client: string) =>
    ask(await connected(ports.customer), get(ports.customer, '/assets/app.js', `X-Forwarded-For: ${client}\r\n`));
  expect(await by('203.0.113.1')).toBe('200');
  expect(await by('198.51.100.7, 203.0.113.1')).toBe('429');
  expect(await by('2001:db8::1')).toBe('200');
  expect(await by('2001:db8::2')).toBe('429');
});

test('who asks on and on without waiting for answers is cut off', async () => {
  const target = await openTarget();
  const port = target.ports.customer;
  const { requestsWaitingMax } = defaultLimits;
  const patient = await connected(port);
  patient.socket.write(get(port).repeat(requestsWaitingMax));
  await patient.until(() => answersOn(patient).length === requestsWaitingMax);
  expect(await ask(patient, get(port))).toBe('200');
  const hasty = await connected(port);
  hasty.socket.write(get(port).repeat(500));
  await hasty.status();
  expect(answersOn(hasty).length).toBeLessThanOrEqual(requestsWaitingMax);
  await stillServes(target);
});

test('who asks and does not read is cut off', async () => {
  const target: Target = await openTarget({
    transferIdleMs: 200,
    linesPerAddressMax: { agent: 0, customer: 0 },
    socketsBesideLinesMax: 1,
  });
  const port = target.ports.customer;
  writeFileSync(join(target.pageFolder, 'assets', 'large.js'), Buffer.alloc(16 * 1024 ** 2));
  const deaf = await connected(port);
  deaf.socket.pause();
  deaf.socket.write(get(port, '/assets/large.js'));
  // The limit here is one socket per address: a second one is served once the first is gone.
  const another = async () => ask(await connected(port), get(port)).catch(() => 'no room');
  expect(await another()).toBe('no room');
  await expect.poll(another, { timeout: 15_000 }).toBe('200');
});
