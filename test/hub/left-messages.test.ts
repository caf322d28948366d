import { expect, test } from 'vitest';
import { type TestClient, TestHub } from '../support/hub';

const words = { op: 'message.leave', name: 'Mei', contact: 'mei@example.com', text: 'Please call me back.' };

/** This client's left messages. */
function left(client: TestClient): { leftMessageId: string; groupId: string; text: string }[] {
  const held = new Map();
  for (const event of client.events()) {
    if (event.name === 'leftMessage.added') held.set(event.leftMessage.leftMessageId, event.leftMessage);
    if (event.name === 'leftMessage.removed') held.delete(event.leftMessageId);
  }
  return [...held.values()];
}

/** Two groups: Ana is in the first, Sue in the second; Olga supervises. */
async function twoGroups() {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const { groupId } = boss.command({ op: 'group.put', name: 'Sales' }).result as { groupId: string };
  const ana = await office.agent('Ana');
  const sue = await office.agent('Sue', { groups: [{ groupId, priority: 1 }] });
  return { office, boss, ana, sue, sales: groupId };
}

test('[HR2] a message is left without a conversation, and seen by members and supervisors until it is done', async () => {
  const { office, boss, ana, sue } = await twoGroups();
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result;
  const wanted = {
    leftMessageId,
    customerId: mei.welcome.customerId,
    customerName: 'Mei',
    contact: 'mei@example.com',
    groupId: office.groupId,
    text: 'Please call me back.',
    at: office.clock.now(),
  };
  expect([left(boss), left(ana), left(sue)]).toEqual([[wanted], [wanted], []]);
  expect(mei.conversation).toBeUndefined();
  expect(sue.command({ op: 'leftMessage.done', leftMessageId })).toMatchObject({ code: 'notAllowed' });
  expect(ana.command({ op: 'leftMessage.done', leftMessageId }).type).toBe('ack');
  expect([left(boss), left(ana)]).toEqual([[], []]);
  expect(boss.command({ op: 'leftMessage.done', leftMessageId })).toMatchObject({ code: 'unknownLeftMessage' });
});

test('[HR2] a left message outlives a restart and is in the snapshot of who may see it', async () => {
  const { office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  mei.command(words);
  const next = await office.restart();
  expect(left(await next.supervisor())).toMatchObject([{ text: 'Please call me back.' }]);
  expect(JSON.stringify(next.log) + JSON.stringify(office.log)).not.toContain('call me');
});

test('[HR2] a conversation that still waits ends with it, by its customer; one that rings too', async () => {
  const { office, ana } = await twoGroups();
  const mei = await office.customer('Mei', { text: 'Hello?' });
  expect(mei.command(words).type).toBe('ack');
  expect(mei.conversation).toMatchObject({ stage: 'closed', closedBy: 'customer', mayLeaveMessage: false });
  expect(mei.said).toEqual(['(queued)', 'Hello?', '(endedByCustomer)']);
  expect(left(ana)).toHaveLength(1);
  ana.command({ op: 'status.set', status: 'online' });
  const li = await office.customer('Li');
  expect(ana.conversation).toMatchObject({ stage: 'offered' });
  li.command({ ...words, name: 'Li' });
  expect(ana.conversations).toEqual([]);
  expect(ana.notices).toEqual(['customerLeft']);
  expect(office.violations()).toEqual([]);
});

test('[HR2] a conversation that an agent has goes on', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  expect(mei.command(words).type).toBe('ack');
  expect(mei.conversation).toMatchObject({ stage: 'active' });
});

test('[HR2] it goes to the group that is named, else to that of the conversation', async () => {
  const { office, sue, ana, sales } = await twoGroups();
  const mei = await office.customer('Mei', { groupId: sales });
  mei.command(words);
  mei.command({ ...words, groupId: office.groupId, text: 'and you' });
  expect(left(sue)).toMatchObject([{ text: 'Please call me back.' }]);
  expect(left(ana)).toMatchObject([{ text: 'and you' }]);
  expect(mei.command({ ...words, groupId: 'group-nowhere' })).toMatchObject({ code: 'unknownGroup', field: 'groupId' });
});

test('[HR2] one customer may have five that nobody has seen to; the sixth is refused and ends nothing', async () => {
  const { office, ana } = await twoGroups();
  const mei = await office.customer('Mei', null);
  for (let count = 0; count < 5; count += 1) expect(mei.command(words).type).toBe('ack');
  const again = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  expect(again.command(words)).toMatchObject({ type: 'refused', code: 'tooManyLeftMessages' });
  mei.command({ op: 'conversation.open', name: 'Mei' });
  expect(mei.command(words).type).toBe('refused');
  expect(mei.conversation.stage).toBe('waiting');
  ana.command({ op: 'leftMessage.done', leftMessageId: left(ana)[0]!.leftMessageId });
  expect(mei.command(words).type).toBe('ack');
  expect((await office.customer('Li', null)).command(words).type).toBe('ack');
});

test('[HR2] a change of groups or role brings messages into sight and takes them out of it', async () => {
  const { office, boss, ana, sue, sales } = await twoGroups();
  (await office.customer('Mei', null)).command(words);
  const put = (client: TestClient, name: string, more: object) =>
    boss.command({ op: 'agent.put', agentId: client.welcome.agentId, name, role: 'agent', capacity: 5, ...more });
  const inGroup = (groupId: string) => ({ groups: [{ groupId, priority: 1 }] });
  put(ana, 'Ana', inGroup(sales));
  put(sue, 'Sue', inGroup(office.groupId));
  expect([left(ana).length, left(sue).length]).toEqual([0, 1]);
  put(ana, 'Ana', { ...inGroup(sales), role: 'supervisor' });
  expect(left(ana)).toHaveLength(1);
  put(ana, 'Ana', inGroup(sales));
  expect(left(ana)).toHaveLength(0);
});

test('[SE3] what was left for a removed group goes where its conversations go, else to the first there is', async () => {
  const { office, boss, ana, sue, sales } = await twoGroups();
  const mei = await office.customer('Mei');
  mei.command({ ...words, groupId: sales });
  const { groupId } = boss.command({ op: 'group.put', name: 'Returns' }).result;
  expect(boss.command({ op: 'group.remove', groupId: sales, moveTo: groupId }).type).toBe('ack');
  expect([left(ana), left(sue), left(boss)]).toMatchObject([[], [], [{ groupId }]]);
  expect(boss.command({ op: 'group.remove', groupId }).type).toBe('ack');
  expect([left(ana), left(boss)]).toMatchObject([[{ groupId: office.groupId }], [{ groupId: office.groupId }]]);
  const { groupId: last } = boss.command({ op: 'group.put', name: 'Night' }).result;
  boss.command({ op: 'group.remove', groupId: office.groupId });
  expect([left(ana), left(boss)]).toMatchObject([[], [{ groupId: last }]]);
  // Mei's conversation was in a group that has gone: who names none writes to one that is there.
  expect(mei.command(words).type).toBe('ack');
  expect(boss.command({ op: 'group.remove', groupId: last }).type).toBe('ack');
  expect(left(boss)).toHaveLength(2);
});

test('[HR2] nobody online and set so: who waits may leave a message, until somebody comes online', async () => {
  const { office, ana } = await twoGroups();
  const mei = await office.customer('Mei');
  expect(mei.conversation.mayLeaveMessage).toBe(false);
  await office.settings({ queue: { whenNobodyOnline: 'leaveMessage' } });
  expect(mei.conversation.mayLeaveMessage).toBe(true);
  ana.command({ op: 'status.set', status: 'online' });
  expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: false });
  ana.command({ op: 'status.set', status: 'offline' });
  expect(mei.conversation.mayLeaveMessage).toBe(true);
});

test('[HR1] who still waits when the group has closed and everybody is gone may leave a message', async () => {
  const { office } = await twoGroups();
  const mei = await office.customer('Mei');
  office.route({ type: 'group.open', groupId: office.groupId, open: false });
  expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: true });
  office.route({ type: 'group.open', groupId: office.groupId, open: true });
  expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: false });
});

test('[QU6] after too long a wait it ends and asks for a message, until one is left', async () => {
  const { office, ana } = await twoGroups();
  await office.settings({ queue: { maxWaitSeconds: 60 } });
  const mei = await office.customer('Mei');
  office.advance(60_000);
  expect(mei.conversation).toMatchObject({ stage: 'closed', closedBy: 'system', mayLeaveMessage: true });
  expect(mei.said).toEqual(['(queued)', '(endedBySystem)']);
  const tab = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  expect(tab.conversation).toMatchObject({ stage: 'closed', mayLeaveMessage: true });
  mei.command(words);
  expect([mei.conversation.mayLeaveMessage, tab.conversation.mayLeaveMessage]).toEqual([false, false]);
  expect(left(ana)).toHaveLength(1);
});

test('[QU6] set to end, it just ends', async () => {
  const { office } = await twoGroups();
  await office.settings({ queue: { maxWaitSeconds: 60, afterMaxWait: 'end' } });
  const mei = await office.customer('Mei');
  office.advance(59_999);
  expect(mei.conversation.stage).toBe('waiting');
  office.advance(1);
  expect(mei.conversation).toMatchObject({ stage: 'closed', closedBy: 'system', mayLeaveMessage: false });
});
