import { describe, expect, test } from 'vitest';
import { createHandClock } from '../support/hand-clock';
import { TestHub } from '../support/hub';

const hourMs = 3_600_000;
/** A Friday. */
const noon = Date.parse('2027-01-15T12:00:00Z');
const everyDay = (from: string, to: string, holidays: unknown[] = []) => ({
  timeZone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to })),
  holidays,
});
const nineToFive = everyDay('09:00', '17:00');
const closed = { timeZone: 'UTC', weekly: [], holidays: [] };

/** Two groups: Orders follows the office, Returns has hours of its own, from 08:00 to 20:00. */
async function twoGroups() {
  const office = await TestHub.start({ clock: createHandClock(noon) });
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const own = everyDay('08:00', '20:00');
  const returns: string = boss.command({ op: 'group.put', name: 'Returns', hours: own }).result.groupId;
  const put = (hours: unknown) => boss.command({ op: 'officeHours.put', hours });
  return { office, boss, put, orders: office.groupId, returns, own };
}

type Client = { events(name: string): { group: { groupId: string } }[] };
const groupOf = (client: Client, groupId: string) =>
  client
    .events('group.changed')
    .map(({ group }) => group)
    .filter((group) => group.groupId === groupId)
    .at(-1);

describe('[HR1] the office’s hours', () => {
  test('are those of every group without its own, and everybody is told', async () => {
    const { office, boss, put, orders, returns, own } = await twoGroups();
    const li = await office.customer('Li', null);
    expect(boss.events('office.changed').at(-1).office).toMatchObject({ hours: null });
    expect(put(nineToFive).type).toBe('ack');
    expect(boss.events('office.changed').at(-1).office).toMatchObject({ hours: nineToFive });
    expect(groupOf(boss, orders)).toMatchObject({ open: true, hours: null, changesAt: noon + 5 * hourMs });
    expect(groupOf(boss, returns)).toMatchObject({ open: true, hours: own, changesAt: noon + 8 * hourMs });
    office.advance(5 * hourMs);
    expect(li.events('groups.changed').at(-1).groups).toMatchObject([
      { groupId: orders, open: false, opensAt: noon + 21 * hourMs },
      { groupId: returns, open: true },
    ]);
    expect(li.command({ op: 'conversation.open', name: 'Li', groupId: orders })).toMatchObject({ code: 'groupClosed' });
    office.advance(16 * hourMs);
    expect(groupOf(boss, orders)).toMatchObject({ open: true, changesAt: noon + 29 * hourMs });
  });

  test('close over a holiday, and not the group with hours of its own', async () => {
    const { office, boss, put, orders, returns } = await twoGroups();
    put(everyDay('09:00', '17:00', [{ date: '2027-01-16', name: 'Founders’ Day', periods: [] }]));
    const mei = await office.customer('Mei');
    office.advance(5 * hourMs);
    expect(groupOf(boss, orders)).toMatchObject({ open: false, changesAt: noon + 45 * hourMs });
    office.advance(16 * hourMs);
    expect(groupOf(boss, orders)).toMatchObject({ open: false });
    expect(groupOf(boss, returns)).toMatchObject({ open: true });
    expect(mei.conversation.stage).toBe('waiting');
    office.advance(24 * hourMs);
    expect(groupOf(boss, orders)).toMatchObject({ open: true, changesAt: noon + 53 * hourMs });
  });

  test('changed while customers wait: they stay, may leave a message, and new ones are told when it opens', async () => {
    const { office, boss, put, orders } = await twoGroups();
    await office.settings({ queue: { whenNobodyOnline: 'wait' } });
    const mei = await office.customer('Mei');
    expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: false });
    put(everyDay('14:00', '17:00'));
    expect(groupOf(boss, orders)).toMatchObject({ open: false, changesAt: noon + 2 * hourMs });
    expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: true });
    const li = await office.customer('Li', null);
    expect(li.welcome.groups[0]).toMatchObject({ open: false, opensAt: noon + 2 * hourMs });
    put(nineToFive);
    expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: false });
    expect(li.command({ op: 'conversation.open', name: 'Li', groupId: orders }).type).toBe('ack');
    put(closed);
    const ana = await office.online('Ana');
    expect(ana.conversations.map(({ customerName, stage }) => [customerName, stage])).toEqual([
      ['Mei', 'offered'],
      ['Li', 'offered'],
    ]);
  });

  test('that open later while a group is closed move when it opens, though it stays closed', async () => {
    const { office, boss, put, orders } = await twoGroups();
    put(everyDay('14:00', '17:00'));
    const li = await office.customer('Li', null);
    put(everyDay('15:00', '17:00'));
    expect(groupOf(boss, orders)).toMatchObject({ open: false, changesAt: noon + 3 * hourMs });
    expect(li.events('groups.changed').at(-1).groups[0]).toMatchObject({ opensAt: noon + 3 * hourMs });
  });

  test('are left and joined again by a group', async () => {
    const { boss, put, orders, returns } = await twoGroups();
    put(closed);
    expect(groupOf(boss, orders)).toMatchObject({ open: false, changesAt: null });
    boss.command({ op: 'group.put', groupId: orders, name: 'Orders', hours: nineToFive });
    expect(groupOf(boss, orders)).toMatchObject({ open: true, hours: nineToFive });
    boss.command({ op: 'group.put', groupId: returns, name: 'Returns', hours: null });
    expect(groupOf(boss, returns)).toMatchObject({ open: false, hours: null });
    put(null);
    expect(groupOf(boss, returns)).toMatchObject({ open: true, changesAt: null });
    expect(groupOf(boss, orders)).toMatchObject({ hours: nineToFive });
  });

  test('hold for a new group at once', async () => {
    const { boss, put } = await twoGroups();
    put(closed);
    const { groupId } = boss.command({ op: 'group.put', name: 'Repairs' }).result;
    expect(groupOf(boss, groupId)).toMatchObject({ open: false, hours: null });
  });

  test('are there after a restart, and what changed meanwhile is put right', async () => {
    const { office, put } = await twoGroups();
    put(nineToFive);
    const next = await office.restart(6 * hourMs);
    const mei = await next.customer('Mei', null);
    expect(mei.welcome.groups).toMatchObject([{ open: false, opensAt: noon + 21 * hourMs }, { open: true }]);
  });

  test('that cannot be are refused with the field', async () => {
    const { boss, put } = await twoGroups();
    expect(put({ ...nineToFive, timeZone: 'Mars/Olympus' })).toMatchObject({
      code: 'invalid',
      field: 'hours.timeZone',
    });
    expect(boss.events('office.changed').at(-1).office).toMatchObject({ hours: null });
  });

  test('are kept when the office is renamed', async () => {
    const { boss, put } = await twoGroups();
    put(nineToFive);
    boss.command({ op: 'office.put', name: 'Nordlys' });
    expect(boss.events('office.changed').at(-1).office).toMatchObject({ name: 'Nordlys', hours: nineToFive });
  });

  test('are in the audit log, before and after', async () => {
    const { boss, put } = await twoGroups();
    put(nineToFive);
    put(everyDay('09:00', '17:00', [{ date: '2027-01-16', name: 'Founders’ Day', periods: [] }]));
    const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 1 })).result;
    expect(entries).toMatchObject([{ action: 'officeHours.put', by: { name: 'Olga' }, subject: null }]);
    expect(entries[0].changes).toContainEqual({ field: 'hours.holidays', before: '', after: '2027-01-16: ' });
  });
});
