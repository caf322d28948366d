import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { configToJson } from '../../main/hub/state/config';
import { replayRecord } from '../../main/hub/state/hub-state';
import { parseRecord } from '../../main/hub/state/message-record';
import { digestOf } from '../../main/hub/state/running-digest';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { MemoryStore } from '../../main/hub/store/memory-store';
import { upgradeState } from '../../main/hub/store/upgrade/saved-state';
import { createHandClock } from '../support/hand-clock';
import { TestHub } from '../support/hub';

const dayMs = 24 * 60 * 60_000;

/** The files are done after a few turns. */
async function settle(office: TestHub) {
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    office.flush();
  }
}

async function officeThatKeeps(retentionDays = 30) {
  const office = await TestHub.start();
  const boss = await office.supervisor('device-boss');
  boss.command({ op: 'office.put', retentionDays });
  boss.leave();
  return office;
}

async function talked() {
  const office = await officeThatKeeps();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei Chen', { text: 'an old secret' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  mei.command({ op: 'conversation.leave' });
  return { office, conversationId };
}

const known = ({ hub: { state } }: TestHub) =>
  JSON.stringify([
    state.customers.save(),
    state.threads.save(),
    state.missedRings.save(),
    state.traces.save(),
    state.recent.from(state.seq),
  ]);

test('what ended goes when it is older than the office keeps it, on the day after, and not before', async () => {
  const { office, conversationId } = await talked();
  const { state } = office.hub;
  const noted = state.audit.page(null, 100).length;
  expect(noted).toBeGreaterThan(0);
  const midnight = Math.floor(office.clock.now() / dayMs) * dayMs;
  office.advance(midnight + 31 * dayMs - 1 - office.clock.now());
  await settle(office);
  expect(state.traces.of(conversationId)).not.toBeNull();
  expect(state.audit.page(null, 100)).toHaveLength(noted);
  office.advance(1);
  await settle(office);
  expect(state.traces.of(conversationId)).toBeNull();
  expect(state.audit.page(null, 100)).toEqual([]);
  expect(known(office)).not.toMatch(/secret/);
  expect(state.expiring).toBeNull();
  expect(office.violations()).toEqual([]);
});

test('customers go with the last that is kept of them, and are new ones when they come back', async () => {
  const office = await officeThatKeeps();
  const ana = await office.online('Ana');
  const { state } = office.hub;
  const { past } = office.store.disk;
  const names = () => [...new Set([...state.customers.values(), ...past.values()].map(({ name }) => name))].sort();
  const talk = async (name: string) => {
    const customer = await office.customer(name, { text: 'Hello' });
    ana.command({ op: 'offer.accept', offerId: ana.conversations.find((each) => each.customerName === name)!.offerId });
    return customer;
  };
  const mei = await talk('Mei');
  mei.command({ op: 'conversation.leave' });
  (await talk('Open')).leave();
  const left = await office.customer('Left', null);
  left.command({ op: 'message.leave', name: 'Left', contact: '', groupId: office.groupId, text: 'Call me' });
  const bo = await talk('Bo');
  bo.command({ op: 'conversation.leave' });
  mei.leave();
  office.advance(20 * dayMs);
  bo.command({ op: 'conversation.open', name: 'Bo', text: 'Again' });
  ana.command({ op: 'offer.accept', offerId: ana.conversations.find((each) => each.customerName === 'Bo')!.offerId });
  bo.command({ op: 'conversation.leave' });
  office.advance(10 * dayMs);
  await settle(office);
  expect(names()).toEqual(['Bo', 'Left', 'Mei', 'Open']);
  office.advance(dayMs);
  await settle(office);
  expect(names()).toEqual(['Bo', 'Left', 'Open']);
  expect(JSON.stringify(state.answers.save())).not.toContain(mei.welcome.customerId);
  expect(office.violations()).toEqual([]);

  const back = await office.customer('Mei', { text: 'Me again' }, { token: mei.welcome.token });
  expect(back.welcome.token).not.toBeNull();
  expect(back.welcome.customerId).not.toBe(mei.welcome.customerId);
  expect(back.said).toEqual(['(queued)', 'Me again']);
  // Who stayed on the page all the while is known again by their next word.
  office.advance(40 * dayMs);
  await settle(office);
  expect(names()).not.toContain('Bo');
  bo.command({ op: 'conversation.open', name: 'Bo', text: 'Still here' });
  expect(names()).toContain('Bo');
  expect(bo.said.at(-1)).toBe('Still here');
});

test('of a block for good the name goes with its customer, on every disk, and it still holds', async () => {
  const { office } = await talked();
  const boss = await office.supervisor();
  const mei = await office.customer('Mei Chen', null);
  mei.command({ op: 'conversation.open', name: 'Mei Chen', text: 'spam' });
  const { customerId } = mei.welcome;
  boss.command({ op: 'customer.block', customerId, forMs: null, address: false, note: 'spam' });
  const nameOf = () => boss.events('blocks.changed').at(-1).blocks[0].customerName;
  for (const [days, name] of [
    [10, 'Mei Chen'],
    [31, null],
  ] as const) {
    for (let day = 0; day < days; day += 1) office.advance(dayMs);
    await settle(office);
    expect(nameOf()).toBe(name);
  }
  expect(JSON.stringify(configToJson(office.hub.state.config))).not.toMatch(/Mei/);
  const replica = startingState({ state: null, config: null }, defaultLimits);
  for (const line of office.store.disk.lines) replayRecord(replica, parseRecord(line), 0);
  expect(digestOf(replica)).toBe(digestOf(office.hub.state));
  const back = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'again' });
  expect(back.closed).toBe('blocked');
  expect(office.violations()).toEqual([]);
});

test('customers of before their last visit was noted stay as if they had just been here', async () => {
  const { office } = await talked();
  const saved = saveState(office.hub.state);
  for (const customer of saved.desk.customers) Object.assign(customer, { seenAt: undefined });
  const state = startingState({ state: upgradeState(structuredClone(saved)), config: null }, defaultLimits);
  expect([...state.customers.values()].map(({ seenAt }) => seenAt)).toEqual([saved.at]);
});

test('what is open stays, however old, and so do those who are signed in', async () => {
  const office = await officeThatKeeps();
  const ana = await office.online('Ana');
  await office.customer('Mei Chen', { text: 'still open' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  office.advance(40 * dayMs);
  await settle(office);
  expect(known(office)).toMatch(/still open/);
  expect([...office.hub.state.routing.conversations.values()]).toMatchObject([{ stage: { kind: 'active' } }]);
});

test('a supervisor sets the days; it is audited, told to everybody, and holds over a restart', async () => {
  const { office, conversationId } = await talked();
  const sam = await office.supervisor();
  expect(sam.command({ op: 'office.put', retentionDays: 31 })).toMatchObject({ type: 'ack' });
  expect(sam.events('office.changed').at(-1).office).toMatchObject({ name: 'Test office', retentionDays: 31 });
  expect(sam.command({ op: 'office.put', name: 'Harbour Street' })).toMatchObject({ type: 'ack' });
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 5 })).result;
  expect(entries[1]).toMatchObject({
    action: 'office.put',
    changes: [{ field: 'retentionDays', before: 30, after: 31 }],
  });
  office.advance(32 * dayMs);
  const next = await office.restart();
  expect(next.hub.state.config.office).toMatchObject({ name: 'Harbour Street', retentionDays: 31 });
  expect(next.hub.state.traces.of(conversationId)).toBeNull();
});

test('a year is kept unless a supervisor has said otherwise', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  expect(sam.events('office.changed').at(-1).office).toMatchObject({ retentionDays: 365 });
  const next = await office.restart(2 * dayMs);
  const line = next.store.disk.lines.find((each) => each.includes('"history.expired"'));
  const { at, events } = JSON.parse(line ?? '{}');
  expect(events[0].event.before).toBe(Math.floor(at / dayMs) * dayMs - 365 * dayMs);
});

test.each([29, 0, -1, null, 30.5, 3_651])('%s days are refused', async (retentionDays) => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  expect(sam.command({ op: 'office.put', retentionDays })).toMatchObject({ type: 'refused', field: 'retentionDays' });
  expect(office.hub.state.config.office?.retentionDays).toBeUndefined();
});

test('what was cut short after it was recorded goes on at the next start', async () => {
  const { office } = await talked();
  office.hub.step((step) => step.add({ type: 'history.expired', before: step.at - 30 * dayMs }));
  office.flush();
  expect(office.hub.state.expiring).not.toBeNull();
  const next = await office.restart();
  expect(next.hub.state.expiring).toBeNull();
});

test('a date that jumps by more than a month removes nothing, says so, and waits for a supervisor over restarts', async () => {
  const { office, conversationId } = await talked();
  const lastAt = office.hub.state.at;
  const next = await office.restart(3_650 * dayMs);
  const { state } = next.hub;
  const jump = { from: lastAt, to: next.clock.now() };
  expect(state.dateJump).toEqual(jump);
  next.advance(40 * dayMs);
  const later = await (await next.restart(40 * dayMs)).restart();
  await settle(later);
  expect(later.hub.state.dateJump).toEqual(jump);
  expect(later.hub.state.traces.of(conversationId)).not.toBeNull();
  expect([...later.hub.state.customers.values()].map(({ name }) => name)).toEqual(['Mei Chen']);

  const bo = await later.agent('Bo');
  expect(bo.command({ op: 'date.confirm' })).toMatchObject({ type: 'refused', code: 'notAllowed' });
  const sam = await later.supervisor();
  const told = () => sam.events('office.changed').at(-1).office;
  expect(told().dateJump).toEqual(jump);
  expect(sam.command({ op: 'date.confirm' })).toMatchObject({ type: 'ack' });
  expect(told().dateJump).toBeNull();
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 200 })).result;
  expect(entries[0]).toMatchObject({ action: 'date.confirm', by: { kind: 'agent', name: 'Sam' }, changes: [] });
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  expect(entries.filter(({ action }: { action: string }) => action === 'date.jump')).toMatchObject([
    { by: { kind: 'hub' }, changes: [{ field: 'date', before: day(jump.from), after: day(jump.to) }] },
  ]);
  expect(later.hub.state.traces.of(conversationId)).not.toBeNull();
  later.advance(dayMs);
  await settle(later);
  expect(later.hub.state.traces.of(conversationId)).toBeNull();
  expect(later.hub.state.customers.size).toBe(0);
});

test('a month without a record is no jump, a day more is one', async () => {
  const { office } = await talked();
  const next = await office.restart(30 * dayMs);
  expect(next.hub.state.dateJump).toBeNull();
  const { at } = next.hub.state;
  const clock = createHandClock(at + 31 * dayMs);
  const jumped = await TestHub.start({ disk: next.store.disk, clock });
  expect(jumped.hub.state.dateJump).toEqual({ from: at, to: clock.now() });
});

test('what is removed from the files is in the audit log before, once, however often it is cut short', async () => {
  const noted: unknown[] = [];
  /** An archive that can't be removed. */
  class Stuck extends MemoryStore {
    override async endedBefore() {
      return 7;
    }
    override async expire() {
      noted.push(...this.disk.lines.filter((line) => line.includes('"history.expire"')));
      throw new Error('cut short');
    }
  }
  const clock = createHandClock(1_800_000_000_000);
  const store = new Stuck('hub-test', 'soon');
  const office = await TestHub.start({ store, clock });
  office.advance(dayMs);
  await settle(office);
  expect(noted).toHaveLength(1);
  expect(noted[0]).toContain('{"field":"conversations","before":7,"after":0}');
  office.hub.stop();
  const again = await TestHub.start({ store: new Stuck('hub-test', 'soon', store.disk), clock });
  await settle(again);
  expect(again.hub.state.audit.page(null, 200).map(({ action }) => action)).toEqual(['history.expire']);
  expect(noted).toHaveLength(2);
});
