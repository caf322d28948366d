import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

async function twoGroups() {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const { groupId } = boss.command({ op: 'group.put', name: 'Orders' }).result;
  return { office, boss, first: office.groupId, second: groupId as string };
}

const groupIdOf = (office: TestHub, { result }: { result: { conversationId: string } }) =>
  office.hub.state.threads.get(result.conversationId)?.groupId;

async function opened(office: TestHub, name: string) {
  const customer = await office.customer(name, null);
  return groupIdOf(office, customer.command({ op: 'conversation.open', name }));
}

test('a customer who names no group comes to the first that has somebody online', async () => {
  const { office, boss, first, second } = await twoGroups();
  expect(await opened(office, 'Li')).toBe(first);
  const ana = await office.online('Ana', { groups: [{ groupId: second, priority: 1 }] });
  expect(await opened(office, 'Mei')).toBe(second);
  await office.online('Ben', { groups: [{ groupId: first, priority: 1 }] });
  expect(await opened(office, 'Joe')).toBe(first);
  ana.leave();
  boss.leave();
});

test('a group that is closed gets none, though somebody of it is online', async () => {
  const { office, boss, first, second } = await twoGroups();
  await office.online('Ben', { groups: [{ groupId: first, priority: 1 }] });
  const closed = { timeZone: 'UTC', weekly: [], holidays: [] };
  boss.command({ op: 'group.put', groupId: first, name: 'Reception', hours: closed });
  expect(await opened(office, 'Li')).toBe(second);
});
