import { expect, test } from 'vitest';
import { createHandClock, type HandClock } from '../support/hand-clock';
import { TestHub } from '../support/hub';
import { createNappingClock } from '../support/napping-clock';

const hourMs = 3_600_000;
/** A Friday. */
const noon = Date.parse('2027-01-15T12:00:00Z');
const everyDay = (from: string, to: string) => ({
  timeZone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to })),
  holidays: [],
});
const nineToFive = everyDay('09:00', '17:00');

async function officeWithHours(clock: HandClock = createHandClock(noon)) {
  const office = await TestHub.start({ clock });
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const put = (hours: unknown, more = {}) =>
    boss.command({ op: 'group.put', groupId: office.groupId, name: 'Orders', hours, ...more });
  expect(put(nineToFive).type).toBe('ack');
  return { office, boss, put };
}

const groupOf = (client: { events(name: string): { group: unknown }[] }) =>
  client.events('group.changed').at(-1)!.group;
const shown = (client: { events(name: string): { groups: unknown[] }[] }) =>
  client.events('groups.changed').at(-1)?.groups;

test('[HR1] the clock closes and opens a group, and everybody is told when it changes next', async () => {
  const { office, boss } = await officeWithHours();
  const li = await office.customer('Li', null);
  expect(groupOf(boss)).toMatchObject({ open: true, hours: nineToFive, changesAt: noon + 5 * hourMs });
  expect(li.welcome.groups).toEqual([
    { groupId: office.groupId, name: 'Orders', open: true, opensAt: null, closedText: null },
  ]);
  office.advance(5 * hourMs - 1);
  expect(groupOf(boss)).toMatchObject({ open: true });
  office.advance(1);
  expect(groupOf(boss)).toMatchObject({ open: false, changesAt: noon + 21 * hourMs });
  expect(shown(li)).toMatchObject([{ open: false, opensAt: noon + 21 * hourMs, closedText: null }]);
  office.advance(16 * hourMs);
  expect(groupOf(boss)).toMatchObject({ open: true, changesAt: noon + 29 * hourMs });
  expect(shown(li)).toMatchObject([{ open: true, opensAt: null }]);
});

test('[HR1] outside hours a new conversation is refused; what is open goes on', async () => {
  const { office } = await officeWithHours();
  const mei = await office.customer('Mei');
  office.advance(5 * hourMs);
  const li = await office.customer('Li', null);
  expect(li.command({ op: 'conversation.open', name: 'Li' })).toMatchObject({ type: 'refused', code: 'groupClosed' });
  expect(mei.conversation.stage).toBe('waiting');
  expect(mei.command({ op: 'conversation.open', name: 'Mei' })).toMatchObject({
    type: 'ack',
    result: { conversationId: mei.conversation.conversationId },
  });
  office.advance(16 * hourMs);
  expect(li.command({ op: 'conversation.open', name: 'Li' }).type).toBe('ack');
});

test('[HR1] who names no group gets one that is open', async () => {
  const { office, boss } = await officeWithHours();
  const night = boss.command({ op: 'group.put', name: 'Night', hours: everyDay('17:00', '24:00') }).result;
  const day = await office.customer('Day');
  office.advance(5 * hourMs);
  const late = await office.customer('Late');
  expect([day.conversation.groupName, late.conversation.groupName]).toEqual(['Orders', 'Night']);
  expect(late.conversation).toMatchObject({ stage: 'waiting' });
  expect(night.groupId).not.toBe(office.groupId);
});

test('[HR1] the closed text is what holds in the group, and changes with the settings', async () => {
  const { office, put } = await officeWithHours();
  const li = await office.customer('Li', null);
  office.advance(5 * hourMs);
  await office.settings({ texts: { outsideHours: 'Closed.' } });
  expect(shown(li)).toMatchObject([{ closedText: 'Closed.' }]);
  put(undefined, { settings: { texts: { outsideHours: 'Orders are closed.' } } });
  expect(shown(li)).toMatchObject([{ closedText: 'Orders are closed.' }]);
  const before = li.events('groups.changed').length;
  await office.settings({ wrapUpSeconds: 10 });
  expect(li.events('groups.changed')).toHaveLength(before);
});

test('[HR1] hours edited while closed hold at once; none at all means always open', async () => {
  const { office, boss, put } = await officeWithHours();
  office.advance(6 * hourMs);
  expect(groupOf(boss)).toMatchObject({ open: false });
  put(everyDay('09:00', '20:00'));
  expect(groupOf(boss)).toMatchObject({ open: true, changesAt: noon + 8 * hourMs });
  put(everyDay('09:00', '10:00'));
  expect(groupOf(boss)).toMatchObject({ open: false, changesAt: noon + 21 * hourMs });
  put(undefined);
  expect(groupOf(boss)).toMatchObject({ open: false, hours: everyDay('09:00', '10:00') });
  put(null);
  expect(groupOf(boss)).toMatchObject({ open: true, hours: null, changesAt: null });
  office.advance(48 * hourMs);
  expect(groupOf(boss)).toMatchObject({ open: true });
});

test('[HR1] hours that cannot be are refused with the field, and nothing changes', async () => {
  const { boss, put } = await officeWithHours();
  for (const [hours, field] of [
    [{ ...nineToFive, timeZone: 'Mars/Olympus' }, 'hours.timeZone'],
    [{ ...nineToFive, weekly: [{ day: 1, from: '17:00', to: '09:00' }] }, 'hours.weekly.0.to'],
  ] as const)
    expect(put(hours, { name: 'Other' })).toMatchObject({ type: 'refused', code: 'invalid', field });
  expect(groupOf(boss)).toMatchObject({ name: 'Orders', hours: nineToFive });
});

test('[HR1] what changed while the hub was down is put right at its start', async () => {
  const { office } = await officeWithHours();
  const closed = await office.restart(6 * hourMs);
  const mei = await closed.customer('Mei', null);
  expect(mei.welcome.groups).toMatchObject([{ open: false, opensAt: noon + 21 * hourMs }]);
  const open = await closed.restart(16 * hourMs);
  const li = await open.customer('Li', null);
  expect(li.welcome.groups).toMatchObject([{ open: true }]);
  open.advance(7 * hourMs);
  expect(shown(li)).toMatchObject([{ open: false }]);
});

test('[HR1] a command at the very moment finds the group as it is then, before any timer has run', async () => {
  const clock = createNappingClock(noon);
  const { office } = await officeWithHours(clock);
  const li = await office.customer('Li', null);
  clock.nap(5 * hourMs);
  expect(li.command({ op: 'conversation.open', name: 'Li' })).toMatchObject({ code: 'groupClosed' });
});

/** The hub's own time goes on whatever the machine's clock shows. */
function clockWithWall() {
  const hand = createHandClock(noon);
  let aheadMs = 0;
  const set = (byMs: number) => {
    aheadMs += byMs;
  };
  return { clock: { ...hand, wallNow: () => hand.now() + aheadMs }, set };
}

test('[HR1] a wall clock that is set back, or forward, is followed within a minute', async () => {
  const { clock, set } = clockWithWall();
  const { office, boss } = await officeWithHours(clock);
  office.advance(5 * hourMs);
  expect(groupOf(boss)).toMatchObject({ open: false });
  set(-hourMs);
  office.advance(60_000);
  expect(groupOf(boss)).toMatchObject({ open: true, changesAt: noon + 5 * hourMs });
  office.advance(hourMs - 60_000);
  expect(groupOf(boss)).toMatchObject({ open: false, changesAt: noon + 21 * hourMs });
  set(16 * hourMs);
  office.advance(60_000);
  expect(groupOf(boss)).toMatchObject({ open: true });
});

test('[HR1] after a wall clock set back between two runs the hours go by the clock as it is', async () => {
  const { office } = await officeWithHours();
  office.advance(6 * hourMs);
  office.hub.stop();
  const clock = createHandClock(noon + 2 * hourMs);
  const next = await TestHub.start({ disk: office.store.disk, clock, limits: office.limits, seed: 3 });
  const mei = await next.customer('Mei');
  expect(mei.welcome.groups).toMatchObject([{ open: true }]);
  next.advance(3 * hourMs);
  expect(shown(mei)).toMatchObject([{ open: false, opensAt: noon + 21 * hourMs }]);
});

test('[HR2] a group that opens with nobody online: supervisors are alerted', async () => {
  const { office, boss } = await officeWithHours();
  office.advance(5 * hourMs);
  boss.clear();
  office.advance(16 * hourMs);
  expect(boss.events('notice')).toMatchObject([{ code: 'nobodyOnline', params: { group: 'Orders' } }]);
});

test('[HR2] the last one going offline within hours alerts supervisors, outside of them nobody', async () => {
  const { office, boss } = await officeWithHours();
  const ana = await office.online('Ana');
  ana.command({ op: 'status.set', status: 'offline' });
  expect(boss.notices).toEqual(['nobodyOnline']);
  ana.command({ op: 'status.set', status: 'online' });
  office.advance(5 * hourMs);
  ana.command({ op: 'status.set', status: 'offline' });
  expect(boss.notices).toEqual(['nobodyOnline']);
});
