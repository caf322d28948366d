import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Ana serves Mei and Li. */
async function serving() {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana');
  const customers = [await office.customer('Mei'), await office.customer('Li')];
  for (const { offerId } of ana.conversations) ana.command({ op: 'offer.accept', offerId });
  const auth = { kind: 'token', token: ana.welcome.token };
  return { office, boss, ana, customers, auth };
}

test('[ST2] not back within the grace: what they had waits first in line, and the supervisor reads what came back', async () => {
  const { office, boss, ana, customers } = await serving();
  const arrived = boss.conversations.map((each) => each.enqueuedAt);
  ana.leave();
  office.advance(59_999);
  expect(customers.map((each) => each.conversation.stage)).toEqual(['active', 'active']);
  expect(boss.notices).not.toContain('agentOffline');
  office.advance(1);
  expect(boss.events('notice').find((event) => event.code === 'agentOffline')).toMatchObject({
    params: { name: 'Ana', count: '2', customers: 'Mei, Li' },
  });
  expect(boss.agentView(ana.welcome.agentId)).toMatchObject({ status: 'offline', connected: false, load: 0 });
  expect(boss.conversations.map((each) => [each.stage, each.priority, each.enqueuedAt])).toEqual(
    arrived.map((enqueuedAt) => ['waiting', 0, enqueuedAt]),
  );
  expect(customers.map((each) => each.said.at(-1))).toEqual(['(agentLeft)', '(agentLeft)']);
});

test('[ST2] back within the grace: as if nothing had been', async () => {
  const { office, boss, ana, customers, auth } = await serving();
  ana.leave();
  office.advance(59_999);
  const back = await office.agentWith(auth, 'device-Ana');
  office.advance(120_000);
  expect(back.conversations.map((each) => each.stage)).toEqual(['active', 'active']);
  expect(boss.agentView(ana.welcome.agentId)).toMatchObject({ status: 'online', connected: true, load: 2 });
  expect(boss.notices).not.toContain('agentOffline');
  expect(customers.map((each) => each.said.at(-1))).toEqual(['(joined)', '(joined)']);
});

test('[ST5] a second sign-in takes over: the older window is told, the newer has all of it', async () => {
  const { office, boss, ana, auth } = await serving();
  const { code } = boss.command({ op: 'agent.code', agentId: ana.welcome.agentId }).result;
  const laptop = await office.agentWith({ kind: 'code', code }, 'device-laptop');
  expect(ana.closed).toBe('takenOver');
  expect(laptop.conversations.map((each) => [each.customerName, each.stage])).toEqual([
    ['Mei', 'active'],
    ['Li', 'active'],
  ]);
  const { conversationId } = laptop.conversations[0]!;
  expect(laptop.command({ op: 'message.send', conversationId, text: 'Hello' }).type).toBe('ack');
  office.advance(120_000);
  expect(boss.agentView(ana.welcome.agentId)).toMatchObject({ status: 'online', connected: true, load: 2 });
  // The older one comes back by hand, and takes over in its turn.
  const again = await office.agentWith(auth, 'device-Ana');
  expect([laptop.closed, again.conversations.length]).toEqual(['takenOver', 2]);
});
