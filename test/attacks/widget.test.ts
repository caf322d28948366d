import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { defaultLimits } from '../../main/hub/limits';
import { closeCodes } from '../../shared/protocol/close-codes';
import { passphrase } from '../support/hub';
import { agent, speak } from './speak';
import { openTarget, stillServes } from './target';

/** The widget's doors from outside: who may frame the chat, and what a page may say of itself. */

const ancestors = (answer: Response) =>
  /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];

test.each([
  [{}],
  [{ referer: 'https://evil.example/' }],
  [{ 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }],
  [{ 'x-forwarded-host': 'evil.example', 'x-frame-options': 'ALLOWALL' }],
])('nothing that a request says of itself lets another site frame the chat: %j', async (headers) => {
  const { ports } = await openTarget();
  const page = await fetch(`http://127.0.0.1:${ports.customer}/chat`, { headers });
  expect([page.status, ancestors(page)]).toEqual([200, "'self'"]);
  const desk = await fetch(`http://127.0.0.1:${ports.agent}/`, { headers });
  expect([desk.status, ancestors(desk)]).toEqual([200, "'none'"]);
});

test.each(['https://evil.example', 'null', 'http://127.0.0.1'])('a page of %s opens no line', async (origin) => {
  const { ports } = await openTarget();
  for (const port of Object.values(ports)) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { origin });
    const [, answer] = await once(socket, 'unexpected-response');
    expect(answer.statusCode).toBe(403);
    socket.on('error', () => undefined).terminate();
  }
});

/** A customer in a shop's widget, and the supervisor who sees them. */
async function inShop() {
  const target = await openTarget();
  const sam = await speak(`ws://127.0.0.1:${target.ports.agent}/ws`, agent({ kind: 'passphrase', passphrase }, 'sam'));
  await sam.until(({ type }) => type === 'caughtUp');
  const page = { title: 'Lamps', url: 'https://shop.example/lamps?token=secret' };
  const hello = { role: 'customer', token: null, language: 'en', deviceId: 'tab', page };
  const mei = await speak(`ws://127.0.0.1:${target.ports.customer}/ws`, hello);
  await mei.command({ op: 'conversation.open', name: 'Mei', text: 'Hello' });
  const moved = (next: object) => mei.send(JSON.stringify({ type: 'page', page: next }));
  /** What agents are told of it, once a message has brought it to them. */
  const told = async (text: string) => {
    await mei.command({ op: 'message.send', text });
    const changed = await sam.until(
      ({ name, conversation }) => name === 'conversation.changed' && conversation.profile.page?.title === text,
    );
    return changed.conversation.profile.page;
  };
  return { target, sam, mei, moved, told };
}

describe('the page that a shop says it is', () => {
  test.each([
    ['javascript:alert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['file:///etc/passwd'],
    ['https://'],
    ['not a page at all'],
  ])('%s is none, and changes nothing', async (url) => {
    const { sam, mei, moved, told } = await inShop();
    moved({ title: 'evil', url });
    moved({ title: 'Bulbs', url: 'https://shop.example/bulbs#secret' });
    expect(await told('Bulbs')).toEqual({ title: 'Bulbs', url: 'https://shop.example/bulbs' });
    expect(JSON.stringify([sam.frames, mei.frames])).not.toMatch(/evil|secret/);
  });

  test('is one line of text, cut to what is shown', async () => {
    const { moved, mei, sam } = await inShop();
    moved({ title: `\u202eBulbs\n${'x'.repeat(900)}`, url: `https://shop.example/${'y'.repeat(1_900)}` });
    await mei.command({ op: 'message.send', text: 'here' });
    const { conversation } = await sam.until(
      ({ name, conversation: each }) => name === 'conversation.changed' && each.profile.page?.title.startsWith('Bulbs'),
    );
    const { title, url } = conversation.profile.page;
    expect([title.length, url.length, /[\n\u202e]/.test(title)]).toEqual([300, 300, false]);
  });

  test.each([
    ['a title without end', { title: 'x'.repeat(1_001), url: 'https://shop.example/' }, 'badFrame'],
    ['an address without end', { title: '', url: `https://shop.example/${'x'.repeat(2_000)}` }, 'badFrame'],
    ['a field more', { title: '', url: 'https://shop.example/', role: 'agent' }, 'badFrame'],
    ['more than a frame', { title: 'x'.repeat(defaultLimits.frameBytesMax.customer), url: '' }, 'frameTooLarge'],
  ] as const)('with %s ends the line, and the hub goes on', async (_name, page, close) => {
    const { target, mei, moved } = await inShop();
    moved(page);
    expect(await mei.closed).toBe(closeCodes[close]);
    await stillServes(target);
  });

  test('said without end ends the line, and is in no record', async () => {
    const { target, mei, moved } = await inShop();
    const { seq } = target.hub.state;
    const { burst } = defaultLimits.budgets.customer.frames.person!;
    for (let count = 0; count <= burst; count += 1) moved({ title: `page ${count}`, url: 'https://shop.example/' });
    expect(await mei.closed).toBe(closeCodes.tooManyFrames);
    // Beside the note that a stranger is refused.
    expect(target.hub.state.seq - seq).toBeLessThanOrEqual(1);
  });
});
