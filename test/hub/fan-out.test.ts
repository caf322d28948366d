import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

async function twoGroups() {
  const office = await TestHub.start();
  // Not the first supervisor, whom the fixture signs in to make agents.
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const { groupId } = boss.command({ op: 'group.put', name: 'Sales' }).result as { groupId: string };
  return { office, boss, groupId };
}

test('an agent sees the conversations of their groups and the messages of their own only', async () => {
  const { office, boss, groupId } = await twoGroups();
  const ana = await office.online('Ana', { capacity: 1 });
  const ben = await office.agent('Ben');
  const sue = await office.agent('Sue', { groups: [{ groupId, priority: 1 }] });
  await office.customer('Mei', { text: 'for Ana only' });
  expect(ana.said).toEqual(['(queued)', 'for Ana only']);
  expect(ben.conversation).toMatchObject({ customerName: 'Mei', preview: 'for Ana only' });
  expect(ben.said).toEqual([]);
  expect(sue.conversations).toEqual([]);
  expect(boss.conversation).toMatchObject({ customerName: 'Mei' });
  expect(boss.said).toEqual([]);
});

test('watching: members and supervisors read along, one conversation at a time, until it ends', async () => {
  const { office, boss } = await twoGroups();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'one' });
  const { conversationId } = ana.conversation;
  expect(boss.command({ op: 'conversation.watch', conversationId }).type).toBe('ack');
  expect(boss.said).toEqual(['(queued)', 'one']);
  mei.command({ op: 'message.send', text: 'two' });
  expect(boss.said).toContain('two');
  boss.command({ op: 'conversation.watch', conversationId: null });
  mei.command({ op: 'message.send', text: 'three' });
  expect(boss.said).not.toContain('three');
  expect(ana.said).toContain('three');
});

test('who gets a conversation gets its history; who loses it gets no further messages', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true } } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'one' });
  const ben = await office.online('Ben');
  office.advance(30_000);
  expect(ben.said).toEqual(['(queued)', 'one', '(redirected)']);
  mei.command({ op: 'message.send', text: 'two' });
  expect(ben.said).toContain('two');
  expect(ana.said).not.toContain('two');
  expect(ana.conversation.unanswered).toBe(2);
});

test('a change of groups brings conversations into sight and takes them out of it', async () => {
  const { office, boss, groupId } = await twoGroups();
  const ana = await office.agent('Ana');
  await office.customer('Mei');
  expect(ana.conversations).toHaveLength(1);
  const put = (id: string) =>
    boss.command({
      op: 'agent.put',
      agentId: ana.welcome.agentId,
      name: 'Ana',
      role: 'agent',
      capacity: 5,
      groups: [{ groupId: id, priority: 1 }],
    });
  expect(put(groupId).type).toBe('ack');
  expect(ana.conversations).toHaveLength(0);
  put(office.groupId);
  expect(ana.conversations).toHaveLength(1);
});

test('a customer is told nothing of agents but a name', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'Hello' });
  const seen = JSON.stringify(mei.frames);
  expect(seen).toContain('Ana');
  for (const secret of [ana.welcome.agentId, office.groupId, 'why', 'note', 'offerId'])
    expect(JSON.stringify(mei.events()).includes(secret)).toBe(false);
  expect(mei.said).toEqual(['(queued)', '(joined)', 'Hello']);
});

test('two tabs of a customer show the same; each with answers of its own', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei', { text: 'from one' });
  const tab = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  expect(tab.said).toEqual(mei.said);
  tab.command({ op: 'message.send', text: 'from two' });
  expect(mei.said).toContain('from two');
  const same = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  expect(tab.closed).toBe('takenOver');
  expect(same.said).toEqual(mei.said);
});

test('agents see whether the customer is there', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  expect(ana.conversation.customerConnected).toBe(true);
  mei.leave();
  office.advance(office.limits.presenceHoldMs);
  expect(ana.conversation.customerConnected).toBe(false);
  await office.customer('Mei', null, { token: mei.welcome.token });
  expect(ana.conversation.customerConnected).toBe(true);
});

test('a line that comes and goes, or one more of them, is no news for others', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const boss = await office.supervisor();
  boss.clear();
  const { token } = mei.welcome;
  const auth = { kind: 'token', token: ana.welcome.token };
  let [tab, desk] = [mei, ana];
  for (let times = 0; times < 20; times += 1) {
    await office.customer('Mei', null, { token, deviceId: 'second' }).then((second) => second.leave());
    for (const client of [tab, desk]) client.leave();
    office.advance(office.limits.presenceHoldMs - 1);
    tab = await office.customer('Mei', null, { token });
    desk = await office.agentWith(auth, 'device-Ana');
  }
  expect(boss.frames).toEqual([]);
  for (const client of [tab, desk]) client.leave();
  office.advance(office.limits.presenceHoldMs);
  expect(boss.events().map(({ name }) => name)).toEqual(['conversation.changed', 'agent.changed']);
  expect(boss.agentView(ana.welcome.agentId).connected).toBe(false);
});

test('[RD7] the customer leaves while it rings: the card goes, the agent is told, nothing counts as missed', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.clear();
  mei.command({ op: 'conversation.leave' });
  expect(ana.events().map((event) => event.name)).toEqual(
    expect.arrayContaining(['conversation.changed', 'message.added', 'conversation.removed', 'notice']),
  );
  expect(ana.notices).toEqual(['customerLeft']);
  expect(ana.agentView(ana.welcome.agentId)).toMatchObject({ load: 0, missedInARow: 0 });
});

test('[TR1] a claim by force: the one it is taken from is told who has it', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  await office.customer('Mei');
  const boss = await office.supervisor();
  boss.command({ op: 'status.set', status: 'online' });
  const { conversationId, offerId } = ana.conversation;
  expect(boss.command({ op: 'conversation.claim', conversationId, force: true }).type).toBe('ack');
  expect(ana.events('notice').at(-1)).toMatchObject({
    code: 'takenByColleague',
    params: { name: 'Mei', agent: 'Sam' },
  });
  const late = ana.command({ op: 'offer.accept', offerId });
  expect(late).toMatchObject({ code: 'offerGone', now: { agentId: boss.welcome.agentId } });
});

test('[TR2] a transfer that is not taken comes back with a notice; the customer is served meanwhile', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const ben = await office.online('Ben');
  ben.command({ op: 'status.set', status: 'busy' });
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const to = { agentId: ben.welcome.agentId };
  expect(ana.command({ op: 'conversation.transfer', conversationId, to, note: 'speaks French' }).type).toBe('ack');
  expect(ben.conversation).toMatchObject({ stage: 'offered', note: 'speaks French', fromAgentId: ana.welcome.agentId });
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
  ben.command({ op: 'offer.decline', offerId: ben.conversation.offerId });
  expect(ana.conversation).toMatchObject({ stage: 'active', agentId: ana.welcome.agentId, note: null });
  expect(ana.notices).toEqual(['returnedToYou']);
});

test('settings reach every workstation at once', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  await office.settings({ reception: { automatic: true } });
  expect(ana.events('settings.changed').at(-1)?.settings.reception.automatic).toBe(true);
});

test('the devices of others are for supervisors: who is none any more loses sight of them, and of those that went meanwhile', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  const deputy = await office.agent('Deputy', { role: 'supervisor' });
  const boss = await office.supervisor();
  const devices = () => {
    const held = new Set<string>();
    for (const event of deputy.events()) {
      if (event.name === 'device.changed') held.add(event.device.deviceId);
      if (event.name === 'device.removed') held.delete(event.deviceId);
    }
    return [...held].sort();
  };
  const put = (role: string) =>
    boss.command({ op: 'agent.put', agentId: deputy.welcome.agentId, name: 'Deputy', role, capacity: 5, groups: [] });
  expect(devices()).toContain('device-Ana');
  put('agent');
  expect(devices()).toEqual(['device-Deputy']);
  boss.command({ op: 'agent.revoke', agentId: ana.welcome.agentId });
  put('supervisor');
  expect(devices()).toEqual([...office.hub.state.config.devices.keys()].sort());
  expect(devices()).not.toContain('device-Ana');
});
