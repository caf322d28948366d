import { describe, expect, test } from 'vitest';
import { Budget, Slots } from '../../main/hub/admission/budget';
import { defaultLimits, type HubLimits } from '../../main/hub/limits';
import { addressKey } from '../../main/hub/system/addresses';
import { customerSocketsMax, descriptorLimit } from '../../main/hub/system/descriptor-limit';
import { type TestClient, TestHub } from '../support/hub';

const eve = '203.0.113.66';
const words = { name: 'Eve', contact: 'eve@example.com', text: 'Hello' };
const { budgets, customers } = defaultLimits;

async function lineOf(office: TestHub, address: string, token: string | null = null, deviceId = 'tab') {
  const client = office.connect('customer', address);
  await client.hello({ role: 'customer', token, language: 'en', deviceId });
  return client;
}

/** A bystander at another address who writes every two seconds; `refused` counts their refusals. */
async function neighbour(office: TestHub) {
  const mei = await lineOf(office, '198.51.100.1');
  mei.command({ op: 'conversation.open', name: 'Mei' });
  let refused = 0;
  return {
    write() {
      if (mei.command({ op: 'message.send', text: 'Is my order on its way?' }).type !== 'ack') refused += 1;
    },
    get refused() {
      return refused;
    },
  };
}

/** Repeats it for a minute at this rate per second; returns how often it succeeded. */
async function flood(office: TestHub, perSecond: number, once: () => Promise<boolean> | boolean): Promise<number> {
  const mei = await neighbour(office);
  let through = 0;
  for (let second = 0; second < 60; second += 1) {
    for (let count = 0; count < perSecond; count += 1) if (await once()) through += 1;
    if (second % 2 === 0) mei.write();
    office.advance(1_000);
  }
  expect(mei.refused).toBe(0);
  return through;
}

const inAMinute = ({ burst, perSecond }: { burst: number; perSecond: number }) => burst + 60 * perSecond;

describe('a minute from one address, while somebody elsewhere is served', () => {
  test('of lines and hellos', async () => {
    const office = await TestHub.start();
    const { seq } = office.hub.state;
    const through = await flood(office, 30, async () => {
      const line = await lineOf(office, eve);
      line.leave();
      return line.welcome.token !== undefined;
    });
    expect(through).toBeLessThanOrEqual(inAMinute(budgets.customer.lines.address!));
    // All that is new is what the neighbour said, and one note for the audit log.
    expect(office.hub.state.seq - seq).toBe(1 + 30 + 1);
  });

  test('of conversations', async () => {
    const office = await TestHub.start();
    const opened = await flood(office, 5, async () => {
      const line = await lineOf(office, eve);
      const answer = line.command({ op: 'conversation.open', ...words, contact: undefined });
      line.leave();
      return answer.type === 'ack';
    });
    expect(opened).toBeLessThanOrEqual(inAMinute(budgets.customer.conversations.address!));
    expect(office.hub.state.routing.conversations.size).toBe(opened + 1);
  });

  test('of long messages', async () => {
    const office = await TestHub.start();
    const text = '报'.repeat(4_000);
    const lines = new Map<number, TestClient>();
    let turn = 0;
    const taken = await flood(office, 40, async () => {
      turn = (turn + 1) % 10;
      const known = lines.get(turn);
      const line =
        known?.closed === null ? known : await lineOf(office, eve, known?.welcome.token ?? null, `tab-${turn}`);
      lines.set(turn, line);
      if (!known) line.command({ op: 'conversation.open', name: 'Eve' });
      return line.closed === null && line.command({ op: 'message.send', text }).type === 'ack';
    });
    expect(taken * Buffer.byteLength(text)).toBeLessThanOrEqual(inAMinute(budgets.customer.commandBytes.address!));
    expect(taken).toBeGreaterThan(50);
  });

  test('of left messages', async () => {
    const office = await TestHub.start();
    const left = await flood(office, 5, async () => {
      const line = await lineOf(office, eve);
      const answer = line.command({ op: 'message.leave', ...words });
      line.leave();
      return answer.type === 'ack';
    });
    expect(left).toBeLessThanOrEqual(inAMinute(budgets.customer.leftMessages.address!));
    expect(office.hub.state.leftMessages.openCount).toBe(left);
  });

  test('of refused commands: nothing of them is left', async () => {
    const office = await TestHub.start();
    let line = await lineOf(office, eve);
    const { seq } = office.hub.state;
    const refused = await flood(office, 20, async () => {
      if (line.closed !== null) line = await lineOf(office, eve);
      return line.closed === null && line.command({ op: 'message.send', text: 'x' }).code === 'conversationClosed';
    });
    // The one that is too much closes the line, and is answered as well.
    const { refusals, lines } = budgets.customer;
    expect(refused).toBeLessThanOrEqual(inAMinute(refusals.address!) + inAMinute(lines.address!));
    // What the neighbour said, and that there are too many lines and too many commands.
    expect(office.hub.state.seq - seq).toBe(1 + 30 + 2);
    expect(office.hub.state.customers.size).toBe(1);
    expect(office.hub.state.answers.save().devices).toHaveLength(1);
  });
});

test('fifty people of one school meet no limit', async () => {
  const office = await TestHub.start();
  const pupils: TestClient[] = [];
  for (let count = 0; count < 50; count += 1) {
    const pupil = await lineOf(office, eve, null, `tab-${count}`);
    expect(pupil.command({ op: 'conversation.open', name: 'Pupil' }).type).toBe('ack');
    pupils.push(pupil);
  }
  for (let second = 0; second < 60; second += 1) {
    for (const [index, pupil] of pupils.entries()) {
      pupil.send({ type: 'typing', on: true });
      if ((second + index) % 5 === 0) expect(pupil.command({ op: 'message.send', text: 'A word' }).type).toBe('ack');
    }
    office.advance(1_000);
  }
  // The hub was started anew, and all come back at once.
  for (const pupil of pupils) pupil.leave();
  for (const pupil of pupils) {
    const back = await lineOf(office, eve, pupil.welcome.token, pupil.device);
    expect(back.command({ op: 'message.send', text: 'I am back' }).type).toBe('ack');
  }
});

test('a new line brings no new budget: what came too fast comes again in its order, a while later', async () => {
  const office = await TestHub.start();
  const first = await lineOf(office, eve);
  first.command({ op: 'conversation.open', name: 'Eve' });
  const sent = [];
  for (let count = 0; count < 40; count += 1)
    sent.push({ ...first.post({ op: 'message.send', text: `${count}` }), count });
  const late = sent.filter(({ cid }) => first.answer(cid).code === 'rateLimited');
  expect(late.map(({ count }) => count)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
  const { retryAfterMs } = first.answer(late[0]!.cid).now;
  first.leave();
  const second = await lineOf(office, eve, first.welcome.token);
  expect(second.welcome.lastN).toBe(late[0]!.n - 1);
  expect(second.command({ op: 'message.send', text: 'too soon' }).code).toBe('rateLimited');
  // A token has come back meanwhile, but what follows must not overtake what is to come again.
  office.advance(retryAfterMs - 1);
  expect(second.command({ op: 'message.send', text: 'overtakes' }).code).toBe('rateLimited');
  office.advance(1 + 10_000);
  for (const { cid, n, count } of late) second.send({ type: 'command', cid, n, op: 'message.send', text: `${count}` });
  expect(second.said.filter((text) => /^\d+$/.test(text))).toEqual(
    Array.from({ length: 40 }, (_, count) => `${count}`),
  );
});

test('one person counts as one, wherever they come from', async () => {
  const office = await TestHub.start();
  const first = await lineOf(office, '203.0.113.1');
  first.command({ op: 'conversation.open', name: 'Eve' });
  for (let count = 1; count < 10; count += 1) {
    first.command({ op: 'conversation.leave' });
    office.advance(1_000);
    expect(first.command({ op: 'conversation.open' }).type).toBe('ack');
  }
  first.command({ op: 'conversation.leave' });
  const elsewhere = await lineOf(office, '203.0.113.2', first.welcome.token);
  const refusal = elsewhere.command({ op: 'conversation.open' });
  expect(refusal).toMatchObject({ code: 'tooManyConversations', now: { retryAfterMs: expect.any(Number) } });
  office.advance(refusal.now.retryAfterMs);
  expect(elsewhere.command({ op: 'conversation.open' }).type).toBe('ack');
});

const small = (fields: Partial<HubLimits['customers']>) => ({ limits: { customers: { ...customers, ...fields } } });

test('an address holds so many open conversations; one that ends makes room', async () => {
  const office = await TestHub.start(small({ conversationsPerAddressMax: 2 }));
  const [one, two, three] = [await lineOf(office, eve), await lineOf(office, eve), await lineOf(office, eve)];
  for (const line of [one, two]) expect(line.command({ op: 'conversation.open', name: 'Eve' }).type).toBe('ack');
  expect(three.command({ op: 'conversation.open', name: 'Eve' }).code).toBe('tooManyConversations');
  one.command({ op: 'conversation.leave' });
  expect(three.command({ op: 'conversation.open', name: 'Eve' }).type).toBe('ack');
});

test('a hub that is full says so to everybody, keeps who is in, and its agents come in as ever', async () => {
  const office = await TestHub.start(small({ conversationsMax: 1, socketsMax: 66, leftMessagesMax: 1 }));
  const mei = await lineOf(office, '198.51.100.1');
  mei.command({ op: 'conversation.open', name: 'Mei' });
  const li = await lineOf(office, '198.51.100.2');
  expect(li.command({ op: 'conversation.open', name: 'Li' })).toMatchObject({ code: 'hubFull' });
  expect(li.command({ op: 'message.leave', ...words }).type).toBe('ack');
  expect(li.command({ op: 'message.leave', ...words })).toMatchObject({ code: 'hubFull' });
  const third = office.connect('customer', '198.51.100.3');
  expect([third.frames.at(-1)?.code, third.closed]).toEqual(['hubFull', 'hubFull']);
  expect(mei.command({ op: 'message.send', text: 'still here?' }).type).toBe('ack');
  const sam = await office.supervisor();
  expect(sam.frames.at(-1)?.type).toBe('caughtUp');
});

test('supervisors see what is refused, one entry that counts up; others do not; the audit log has its beginning', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  const sam = await office.supervisor();
  const refusals = (client: TestClient) =>
    client
      .events('refusals.changed')
      .at(-1)
      ?.refusals.map(({ what, address, count }: Record<string, unknown>) => [what, address, count]);
  const leave = async (times: number) => {
    for (let count = 0; count < times; count += 1) {
      const line = await lineOf(office, eve);
      line.command({ op: 'message.leave', ...words });
      line.leave();
    }
  };
  await leave(53);
  office.advance(5_000);
  expect(refusals(sam)).toEqual([['leftMessages', eve, 3]]);
  const told = sam.events('refusals.changed').length;
  await leave(20);
  office.advance(5_000);
  expect(refusals(sam)).toEqual([['leftMessages', eve, 23]]);
  expect(sam.events('refusals.changed').length - told).toBe(1);
  expect(refusals(ana)).toBeUndefined();
  expect(office.log.filter(({ event }) => event === 'refused.begun')).toHaveLength(1);
  const notes = office.hub.state.recent;
  expect(JSON.stringify(notes)).toContain('"action":"stranger.refused","subject":"leftMessages"');
  office.advance(10 * 60_000);
  expect(refusals(sam)).toEqual([]);
});

test('a refused stranger leaves nothing, and may be refused anew; what they do at last is done once', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  boss.command({ op: 'office.put', asks: { name: 'required', contact: 'off', group: true } });
  const { seq } = office.hub.state;
  const mei = await lineOf(office, eve);
  const open = { type: 'command', cid: 'open', n: 1, op: 'conversation.open' };
  for (const wrong of [open, open, { ...open, name: 'Mei', groupId: 'group-nowhere' }]) mei.send(wrong);
  expect(mei.frames.filter(({ cid }) => cid === 'open').map(({ code }) => code)).toEqual([
    'nameNeeded',
    'nameNeeded',
    'unknownGroup',
  ]);
  expect([office.hub.state.seq, office.hub.state.customers.size]).toEqual([seq, 0]);
  mei.send({ ...open, name: 'Mei' });
  mei.send({ ...open, name: 'Mei' });
  expect(mei.frames.filter(({ type }) => type === 'ack').map(({ dup }) => dup)).toEqual([undefined, true]);
  expect(office.hub.state.routing.conversations.size).toBe(1);
});

describe('whom a budget counts', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['sample', 'sample'],
  ])('%s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  test('all of a /64 have one budget together', async () => {
    const office = await TestHub.start();
    let opened = 0;
    for (let host = 1; host <= 200; host += 1) {
      const line = await lineOf(office, `2001:db8:1:2::${host.toString(16)}`);
      if (line.command({ op: 'conversation.open', name: 'Eve' }).type === 'ack') opened += 1;
      line.leave();
    }
    expect(opened).toBe(budgets.customer.conversations.address!.burst);
    const other = await lineOf(office, '2001:db8:1:3::1');
    expect(other.command({ op: 'conversation.open', name: 'Mei' }).type).toBe('ack');
  });

  test('so many people and addresses are remembered, and none longer than there is something to remember', () => {
    const budget = new Budget({ person: { burst: 2, perSecond: 1 }, address: { burst: 2, perSecond: 1 } }, 100);
    for (let count = 0; count < 10_000; count += 1) budget.take({ person: `p${count}`, address: `a${count}` }, 0);
    expect(budget.size).toBe(200);
    for (let count = 0; count < 200; count += 1) budget.take({ person: 'one', address: 'one' }, 1_000 * count);
    expect(budget.size).toBe(2);
  });

  test('nothing is taken from the one where the other has nothing left', () => {
    const budget = new Budget({ person: { burst: 1, perSecond: 1 }, address: { burst: 5, perSecond: 1 } }, 100);
    const mei = { person: 'mei', address: 'home' };
    expect([budget.take(mei, 0), budget.take(mei, 0), budget.take(mei, 0)]).toEqual([0, 1_000, 1_000]);
    expect(budget.take({ person: 'li', address: 'home' }, 0, 1)).toBe(0);
    expect(budget.take({ person: 'bo', address: 'home' }, 0, 1)).toBe(0);
    expect(budget.waitMs({ person: null, address: 'home' }, 0, 2)).toBe(0);
  });

  test('what goes on at once is bounded by person, by address and altogether', () => {
    const slots = new Slots({ person: 1, address: 2, all: 3 });
    const one = slots.take({ person: 'mei', address: 'home' });
    expect(slots.take({ person: 'mei', address: 'away' })).toBe('own');
    expect(slots.take({ person: 'li', address: 'home' })).toBeTypeOf('object');
    expect(slots.take({ person: 'bo', address: 'home' })).toBe('own');
    expect(slots.take({ person: 'bo', address: 'away' })).toBeTypeOf('object');
    expect(slots.take({ person: 'al', address: 'far' })).toBe('all');
    if (typeof one === 'object') one.release();
    expect(slots.take({ person: 'mei', address: 'home' })).toBeTypeOf('object');
  });

  test('customers have as many sockets as leave 256 descriptors to the rest of the hub', () => {
    expect([20_000, 1_024, 700, 300].map((limit) => customerSocketsMax(defaultLimits, limit))).toEqual([
      4_096, 768, 444, 64,
    ]);
    expect(descriptorLimit()).toBeGreaterThan(64);
  });
});
