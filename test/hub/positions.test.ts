import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

test('[QU5] a customer hears of a new place at most every 15 s, and of the last one only', async () => {
  const office = await TestHub.start();
  const waiting = [];
  for (const name of ['A', 'B', 'C', 'D']) waiting.push(await office.customer(name));
  const [a, b, c, d] = waiting as [(typeof waiting)[0], (typeof waiting)[0], (typeof waiting)[0], (typeof waiting)[0]];
  expect(waiting.map((each) => each.conversation.position)).toEqual([1, 2, 3, 4]);
  d.clear();
  a.command({ op: 'conversation.leave' });
  office.advance(5_000);
  b.command({ op: 'conversation.leave' });
  office.advance(9_999);
  expect(d.events()).toEqual([]);
  office.advance(1);
  expect(d.events('conversation.changed').map((event) => event.conversation.position)).toEqual([2]);
  expect(c.conversation.position).toBe(1);
});

test('[QU5] a second tab within the 15 s says the same place as the first', async () => {
  const office = await TestHub.start();
  const a = await office.customer('A');
  const b = await office.customer('B');
  a.command({ op: 'conversation.leave' });
  office.advance(5_000);
  const tab = await office.customer('B', null, { token: b.welcome.token, deviceId: 'second' });
  expect([b.conversation.position, tab.conversation.position]).toEqual([2, 2]);
  office.advance(10_000);
  expect([b.conversation.position, tab.conversation.position]).toEqual([1, 1]);
});

test('[QU5] ringing, missing and declining never make a place worse', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true, afterSeconds: 10 } } });
  const mei = await office.customer('Mei');
  const li = await office.customer('Li');
  const ana = await office.online('Ana', { capacity: 1 });
  for (let turn = 0; turn < 20; turn += 1) office.advance(5_000);
  ana.command({ op: 'offer.decline', offerId: ana.conversations.find((each) => each.offerId)?.offerId ?? 'none' });
  office.advance(60_000);
  const places = (client: typeof mei) =>
    client.events('conversation.changed').map((event) => event.conversation.position);
  expect(new Set(places(mei))).toEqual(new Set([1]));
  expect(new Set(places(li))).toEqual(new Set([2]));
});

/** Three waits of a minute each are known; Ana, who can have one, serves, and Mei and Li wait. */
async function lineUp() {
  const office = await TestHub.start();
  const ana = await office.online('Ana', { capacity: 1 });
  for (const name of ['A', 'B', 'C']) {
    const customer = await office.customer(name);
    office.advance(60_000);
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    customer.command({ op: 'conversation.leave' });
  }
  const served = await office.customer('Served');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const mei = await office.customer('Mei');
  const li = await office.customer('Li');
  return { office, ana, served, mei, li };
}

test('[QU5] the estimate comes from recent waits and the place, and grows by itself when nothing moves', async () => {
  const { office, ana, served, mei, li } = await lineUp();
  expect([mei, li].map((each) => each.conversation.estimatedWaitSeconds)).toEqual([60, 120]);
  office.advance(60_000);
  expect([mei, li].map((each) => each.conversation.estimatedWaitSeconds)).toEqual([60, 120]);
  office.advance(20_000);
  expect(mei.conversation).toMatchObject({ estimatedWaitSeconds: null, longerThanUsual: true, mayLeaveMessage: true });
  served.command({ op: 'conversation.leave' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  office.advance(15_000);
  expect(li.conversation).toMatchObject({ position: 1, estimatedWaitSeconds: 60, mayLeaveMessage: false });
  expect(li.conversation).not.toHaveProperty('longerThanUsual');
});

for (const whenNobodyOnline of ['wait', 'leaveMessage'] as const)
  test(`[QU5] nobody here is said at once, and that somebody came (${whenNobodyOnline})`, async () => {
    const { office, ana, mei } = await lineUp();
    await office.settings({ queue: { whenNobodyOnline } });
    const mayLeaveMessage = whenNobodyOnline === 'leaveMessage';
    const nobody = { nobodyHere: true, estimatedWaitSeconds: null, position: 1, mayLeaveMessage };
    ana.command({ op: 'status.set', status: 'shortBreak' });
    expect(mei.conversation).toMatchObject(nobody);
    ana.command({ op: 'status.set', status: 'online' });
    expect(mei.conversation).toMatchObject({ estimatedWaitSeconds: 60, mayLeaveMessage: false });
    expect(mei.conversation).not.toHaveProperty('nobodyHere');
    ana.leave();
    expect(mei.conversation).toMatchObject(nobody);
    await ana.back();
    expect(mei.conversation).not.toHaveProperty('nobodyHere');
  });

test('[QU5] one with a better order key who comes back does make a place worse', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana', { capacity: 1 });
  const first = await office.customer('First');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const mei = await office.customer('Mei');
  expect(mei.conversation.position).toBe(1);
  ana.leave();
  office.advance(60_000);
  expect(first.conversation).toMatchObject({ stage: 'waiting', position: 1 });
  office.advance(15_000);
  expect(mei.conversation.position).toBe(2);
});

test('[QU5] whoever was away when the queue moved hears of it, once the 15 s are over', async () => {
  const office = await TestHub.start();
  const a = await office.customer('A');
  const b = await office.customer('B');
  b.leave();
  a.command({ op: 'conversation.leave' });
  office.advance(5_000);
  const back = await office.customer('B', null, { token: b.welcome.token });
  expect(back.conversation.position).toBe(2);
  office.advance(10_000);
  expect(back.conversation.position).toBe(1);
});
