import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test, vi } from 'vitest';
import { replayRecord } from '../../main/hub/state/hub-state';
import { parseRecord } from '../../main/hub/state/message-record';
import { hubRecord } from '../../main/hub/state/records';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { toldOf } from '../../main/hub/state/webhook-events';
import { Webhooks, webhookWaitingMax } from '../../main/hub/state/webhooks';
import { postOver } from '../../main/hub/webhooks/post';
import { webhookEventType } from '../../shared/protocol/webhooks';
import { createHandClock } from '../support/hand-clock';
import { type TestClient, TestHub } from '../support/hub';
import { type Received, reply, WebhookReceiver } from '../support/webhook-receiver';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const everyEvent = webhookEventType.options;

const opened: WebhookReceiver[] = [];
afterEach(() => {
  for (const receiver of opened.splice(0)) receiver.close();
  vi.useRealTimers();
});

async function receiver(): Promise<WebhookReceiver> {
  const made = await WebhookReceiver.open();
  opened.push(made);
  return made;
}

/** Lets the network do what it has begun, until this holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(holds()).toBe(true);
}

/** The webhooks as a supervisor was told last. */
const told = (client: TestClient) =>
  client.frames.filter(({ name }) => name === 'webhooks.changed').at(-1)?.webhooks ?? [];

const put = (sam: TestClient, url: string, events: readonly string[] = everyEvent) =>
  sam.command({ op: 'webhook.put', url, events }).result as { webhookId: string; secret: string };

/** Until each of the events that wait has been tried, or waits for its time. */
async function settled(office: TestHub) {
  const attempts = () => {
    office.flush();
    return [...office.hub.state.webhooks.values()].map((each) => each.attempts.at(-1)?.at).join();
  };
  let last = '';
  for (let same = 0; same < 300; same += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = attempts();
    if (now !== last) same = 0;
    last = now;
  }
}

async function passes(office: TestHub, ms: number, stepMs: number) {
  await settled(office);
  for (let passed = 0; passed < ms; passed += stepMs) {
    office.advance(stepMs);
    await settled(office);
  }
}

/** For days that pass at once: an answer may take as long as it does. */
const unhurried = () => TestHub.start({ post: postOver(createHandClock(0)) });

const waitingIn = ({ hub }: TestHub, webhookId: string) => hub.state.webhooks.get(webhookId)!.waiting.size;

test('tells other programs what happens, signed, without a word of customers', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { secret } = put(sam, shop.url);
  const ann = await office.online('Ann');
  const mei = await office.customer('Mei Lin', { contact: 'mei@example.com' });
  mei.command({ op: 'message.send', text: 'hello there' });
  const { conversationId } = ann.conversation;
  ann.command({ op: 'offer.accept', offerId: ann.conversation.offerId });
  ann.command({ op: 'conversation.close', conversationId });
  await until(() => shop.types.includes('conversation.closed'));
  expect(shop.types.filter((type) => type.startsWith('conversation.'))).toEqual([
    'conversation.queued',
    'conversation.assigned',
    'conversation.closed',
  ]);
  expect(shop.types).toContain('agent.status');
  vi.useFakeTimers({ toFake: ['Date'], now: office.clock.now() });
  for (const { body, headers } of shop.received) {
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
    expect(body).not.toMatch(/Mei|mei@|hello/);
  }
  const assigned = shop.received.find(({ event }) => event.type === 'conversation.assigned')!.event;
  const customerId = [...office.hub.state.customers.values()][0]!.customerId;
  expect(assigned).toEqual({
    type: 'conversation.assigned',
    timestamp: new Date(office.clock.now()).toISOString(),
    data: {
      conversationId,
      customerId,
      group: { groupId: office.groupId, name: office.hub.state.config.groups.get(office.groupId)!.name },
      agent: { agentId: office.agentId('Ann'), name: 'Ann' },
      how: 'accepted',
    },
  });
});

const queuedAndClosed = ['conversation.queued', 'conversation.closed'];

/** A customer who comes, finds nobody, and goes. */
async function comesAndGoes(office: TestHub, name: string) {
  const customer = await office.customer(name);
  customer.command({ op: 'conversation.leave' });
  customer.leave();
}

/** Of the requests that were answered well: the types by conversation, each id once. */
function storiesOf(accepted: readonly Received[]): string[] {
  const types = new Map<string, string[]>();
  const ids = new Set<unknown>();
  for (const { event, headers } of accepted) {
    expect(ids).not.toContain(headers['webhook-id']);
    ids.add(headers['webhook-id']);
    const { conversationId } = event.data;
    types.set(conversationId, [...(types.get(conversationId) ?? []), event.type]);
  }
  return [...types.values()].map((each) => each.join());
}

test('a receiver that fails for a day gets everything then, once and in order, over two restarts', async () => {
  let office = await unhurried();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, queuedAndClosed);
  shop.answer = (_received, response) => reply(response, 500);
  for (let customer = 0; customer < 12; customer += 1) {
    await comesAndGoes(office, `Customer ${customer}`);
    await passes(office, 2 * hour, 30 * minute);
    if (customer !== 3 && customer !== 8) continue;
    const { clock, store } = office;
    office.hub.stop();
    clock.advance(5 * minute);
    office = await TestHub.start({ clock, disk: store.disk, seed: 100 + customer, post: postOver(createHandClock(0)) });
  }
  // Less and less often: not a thousand attempts.
  expect(shop.received.length).toBeGreaterThan(20);
  expect(shop.received.length).toBeLessThan(120);
  expect(waitingIn(office, webhookId)).toBe(24);
  const accepted: Received[] = [];
  shop.answer = (received, response) => {
    accepted.push(received);
    reply(response, 200);
  };
  await passes(office, 3 * hour, 10 * minute);
  expect(waitingIn(office, webhookId)).toBe(0);
  expect(storiesOf(accepted)).toEqual(Array(12).fill(queuedAndClosed.join()));
});

test('an attempt whose record a crash has lost is made again, with the same id', async () => {
  let office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, ['conversation.queued']);
  let hold: () => void = () => undefined;
  shop.answer = (_received, response) => {
    hold = () => reply(response, 200);
  };
  await office.customer('Mei');
  await until(() => shop.received.length === 1);
  office.flushing = 'hand';
  hold();
  await until(() => office.hub.state.webhooks.get(webhookId)!.attempts.length === 1);
  shop.answer = (_received, response) => reply(response, 200);
  office = await office.restart();
  await until(() => shop.received.length === 2);
  const [first, second] = shop.received;
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.body).toBe(first!.body);
});

test('nothing is sent before it is on disk', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  put(sam, shop.url, ['conversation.queued']);
  await settled(office);
  const mei = await office.customer('Mei', null);
  office.flushing = 'hand';
  mei.post({ op: 'conversation.open', name: 'Mei' });
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(shop.received).toEqual([]);
  office.flush();
  await until(() => shop.received.length === 1);
});

test('a webhook through which nothing gets for three days is paused, supervisors are told, and nothing is lost', async () => {
  const office = await unhurried();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, queuedAndClosed);
  shop.answer = (_received, response) => reply(response, 503);
  await comesAndGoes(office, 'Mei');
  await passes(office, 2 * day + 23 * hour, hour);
  expect(told(sam)[0]).toMatchObject({ paused: null, waiting: 2 });
  await passes(office, 3 * hour, hour);
  expect(told(sam)[0]).toMatchObject({ webhookId, paused: { by: 'hub' }, waiting: 2, lost: 0 });
  expect(sam.frames.filter(({ name }) => name === 'notice')).toMatchObject([
    { code: 'webhookPaused', params: { name: `127.0.0.1:${shop.port}` } },
  ]);
  const tried = shop.received.length;
  await comesAndGoes(office, 'Li');
  await passes(office, 12 * hour, hour);
  expect(shop.received.length).toBe(tried);
  shop.answer = (_received, response) => reply(response, 200);
  sam.command({ op: 'webhook.pause', webhookId, paused: false });
  await until(() => shop.received.length === tried + 4);
  expect(shop.types.slice(tried).sort()).toEqual([...queuedAndClosed, ...queuedAndClosed].sort());
});

test('a person pauses and resumes it; a receiver that is gone for good pauses it at once', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, ['conversation.queued']);
  sam.command({ op: 'webhook.pause', webhookId, paused: true });
  await office.customer('Mei');
  await settled(office);
  office.advance(minute);
  expect(shop.received).toEqual([]);
  expect(told(sam)[0]).toMatchObject({ paused: { by: 'person' }, waiting: 1 });
  shop.answer = (_received, response) => reply(response, 410);
  sam.command({ op: 'webhook.pause', webhookId, paused: false });
  await until(() => office.hub.state.webhooks.get(webhookId)!.paused?.by === 'hub');
});

test('an event that is always refused holds up its own conversation alone, is given up, and can be sent again', async () => {
  const office = await unhurried();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, queuedAndClosed);
  await office.customer('Mei');
  await until(() => shop.received.length === 1);
  const { conversationId } = shop.received[0]!.event.data;
  const isBad = ({ event }: Received) =>
    event.data.conversationId === conversationId && event.type === 'conversation.closed';
  shop.answer = (received, response) => reply(response, isBad(received) ? 500 : 200);
  office.hub.step((step) => void step.route({ type: 'conversation.leave', conversationId }));
  office.flush();
  await until(() => shop.received.length === 2);
  // The others go on, a little later.
  for (let passed = 0; passed < 3 * day + 2 * hour; passed += 4 * hour) {
    await comesAndGoes(office, `At ${passed}`);
    await passes(office, 4 * hour, hour);
  }
  expect(told(sam)[0]).toMatchObject({ paused: null, waiting: 0, lost: 1, failingSince: null });
  const bad = shop.received.filter(isBad);
  expect(bad.length).toBeGreaterThan(20);
  shop.answer = (_received, response) => reply(response, 200);
  const tried = office.hub.state.webhooks.get(webhookId)!.attempts.find(({ status }) => status === 500);
  expect(sam.command({ op: 'webhook.resend', webhookId, eventId: tried!.event.eventId }).type).toBe('ack');
  await until(() => shop.received.filter(isBad).length === bad.length + 1);
  expect(shop.received.at(-1)!.headers['webhook-id']).toBe(bad[0]!.headers['webhook-id']);
});

test('a receiver that does not answer holds up no other, and is given fifteen seconds', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const [slow, quick] = [await receiver(), await receiver()];
  slow.answer = () => undefined;
  const { webhookId } = put(sam, slow.url, queuedAndClosed);
  put(sam, quick.url, queuedAndClosed);
  for (const name of ['Mei', 'Li', 'Ana', 'Tom', 'Eva', 'Ida']) await comesAndGoes(office, name);
  await until(() => quick.received.length === 12);
  // Of each conversation one, of four at once.
  expect(slow.received.length).toBe(4);
  office.advance(15_000);
  await until(() => office.hub.state.webhooks.get(webhookId)!.attempts.length === 4);
  expect(sam.command({ op: 'webhook.attempts', webhookId }).result.attempts[0]).toMatchObject({
    status: null,
    problem: 'timedOut',
    tookMs: 15_000,
  });
});

test('an answer is read to 64 KiB, a redirect is not followed', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const [shop, elsewhere] = [await receiver(), await receiver()];
  const { webhookId } = put(sam, shop.url, ['conversation.queued']);
  let closed = false;
  shop.answer = (_received, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    response.on('close', () => {
      closed = true;
    });
    more();
  };
  await office.customer('Mei');
  await until(() => closed && waitingIn(office, webhookId) === 0);
  shop.answer = (_received, response) => reply(response, 307, { location: elsewhere.url });
  await office.customer('Li');
  await until(() => office.hub.state.webhooks.get(webhookId)!.attempts.at(-1)?.status === 307);
  expect(waitingIn(office, webhookId)).toBe(1);
  expect(elsewhere.received).toEqual([]);
});

test('for a day after a rotation both secrets sign', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId, secret } = put(sam, shop.url, ['conversation.queued']);
  const rotated = sam.command({ op: 'webhook.rotate', webhookId }).result.secret as string;
  vi.useFakeTimers({ toFake: ['Date'] });
  const verifiedBy = (signedWith: string) => {
    const { body, headers } = shop.received.at(-1)!;
    vi.setSystemTime(office.clock.now());
    try {
      new Webhook(signedWith).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };
  await office.customer('Mei');
  await until(() => shop.received.length === 1);
  expect([verifiedBy(secret), verifiedBy(rotated)]).toEqual([true, true]);
  office.advance(day);
  await office.customer('Li');
  await until(() => shop.received.length === 2);
  expect([verifiedBy(secret), verifiedBy(rotated)]).toEqual([false, true]);
  // Told once: a record of the answer has it not, nor has any view.
  const lines = office.store.disk.lines.filter((line) => line.includes('"answer"'));
  expect(lines.every((line) => !JSON.stringify(JSON.parse(line).answer ?? null).includes('whsec_'))).toBe(true);
  expect(JSON.stringify(told(sam))).not.toContain('whsec_');
});

test('a test is sent at once, also past a pause, and says what came of it', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const shop = await receiver();
  const { webhookId } = put(sam, shop.url, ['conversation.queued']);
  sam.command({ op: 'webhook.pause', webhookId, paused: true });
  const tested = sam.post({ op: 'webhook.test', webhookId });
  await until(() => office.flush() ?? sam.answer(tested.cid).type === 'ack');
  expect(sam.answer(tested.cid).result.attempt).toMatchObject({ type: 'webhook.test', status: 204, problem: null });
  expect(shop.types).toEqual(['webhook.test']);
  expect(sam.command({ op: 'webhook.attempts', webhookId }).result.attempts).toHaveLength(1);
  const { eventId } = sam.answer(tested.cid).result.attempt;
  expect(sam.command({ op: 'webhook.resend', webhookId, eventId })).toMatchObject({ code: 'unknownAttempt' });
  shop.close();
  const again = sam.post({ op: 'webhook.test', webhookId });
  await until(() => office.flush() ?? sam.answer(again.cid).type === 'ack');
  expect(sam.answer(again.cid).result.attempt).toMatchObject({ status: null, problem: 'unreachable' });
});

test('refuses what is no web address, what webhooks may not reach, and an eleventh', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const urls = ['ftp://a.example/', 'https://ann:secret@a.example/', 'no url', 'javascript:alert(1)'];
  for (const url of urls)
    expect(sam.command({ op: 'webhook.put', url, events: everyEvent })).toMatchObject({ code: 'invalid' });
  for (const url of [
    'http://169.254.169.254/latest',
    'http://0xa9fea9fe/',
    'http://[fe80::1]/',
    'http://[::ffff:a9fe:a9fe]/',
  ])
    expect(sam.command({ op: 'webhook.put', url, events: everyEvent })).toMatchObject({
      code: 'addressForbidden',
      field: 'url',
    });
  for (let made = 0; made < 10; made += 1) put(sam, `https://10.0.0.${made}/hook`);
  expect(sam.command({ op: 'webhook.put', url: 'https://a.example/', events: everyEvent })).toMatchObject({
    code: 'tooManyWebhooks',
  });
});

test('of more than ten thousand waiting events the oldest is dropped, and counted', () => {
  const webhooks = new Webhooks();
  const state = startingState({ state: null, config: null }, {} as never);
  const of = 'hub';
  const made = { type: 'webhook.put', webhookId: 'a', url: 'https://a.example/', events: ['agent.status'] } as const;
  webhooks.apply({ of, event: { ...made, events: ['agent.status'], at: 1, secret: 'whsec_x' } }, state);
  for (let at = 1; at <= webhookWaitingMax + 3; at += 1)
    webhooks.apply(
      { of: 'routing', event: { type: 'agent.changed', at, agentId: 'ann', status: 'busy', cause: 'self' } },
      state,
    );
  const [first] = webhooks.get('a')!.waiting.values();
  expect(webhooks.get('a')).toMatchObject({ lost: 3 });
  expect(webhooks.get('a')!.waiting.size).toBe(webhookWaitingMax);
  expect(first!.at).toBe(4);
  const again = new Webhooks();
  again.load(JSON.parse(JSON.stringify(webhooks.save())));
  expect(again.save()).toEqual(webhooks.save());
});

test('a replay rebuilds what waits, and removing one ends it', async () => {
  const office = await unhurried();
  const sam = await office.supervisor();
  const shop = await receiver();
  shop.answer = (_received, response) => reply(response, 500);
  const { webhookId } = put(sam, shop.url);
  await office.online('Ann');
  await office.customer('Mei');
  await settled(office);
  const state = startingState({ state: null, config: null }, office.limits);
  for (const line of office.store.disk.lines) replayRecord(state, hubRecord.parse(parseRecord(line)), 0);
  expect(state.webhooks.save()).toEqual(office.hub.state.webhooks.save());
  expect(
    startingState({ state: JSON.parse(JSON.stringify(saveState(state))), config: null }, office.limits).webhooks.save(),
  ).toEqual(state.webhooks.save());
  // Ann's invitation was made by another device of Sam's.
  const again = await office.supervisor();
  expect(again.command({ op: 'webhook.remove', webhookId }).type).toBe('ack');
  const tried = shop.received.length;
  await passes(office, 2 * hour, 10 * minute);
  expect(shop.received.length).toBe(tried);
});

test('a rating is told without its comment', () => {
  const state = startingState({ state: null, config: null }, {} as never);
  const [told] = toldOf(state, {
    of: 'hub',
    event: {
      ...{ type: 'conversation.rated', conversationId: 'c-1', customerId: 'mei', endedAt: 1 },
      rating: { score: 5, comment: 'Ana was kind', at: 2 },
    },
  });
  const data = { conversationId: 'c-1', customerId: 'mei', group: null, score: 5 };
  expect(told).toEqual({ type: 'conversation.rated', at: 2, about: 'c-1', data });
});
