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
    customerConnected: true,
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
  await office.opening(office.groupId, false);
  expect(mei.conversation).toMatchObject({ stage: 'waiting', mayLeaveMessage: true });
  await office.opening(office.groupId, true);
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

test('one is taken on, noted and tagged for all who see it; a colleague can not take it too, a supervisor can', async () => {
  const { boss, ana, sue, office } = await twoGroups();
  const cem = await office.agent('Cem');
  boss.command({ op: 'office.put', tags: ['refund'] });
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result;
  const put = (client: TestClient, more: object) => client.command({ op: 'leftMessage.put', leftMessageId, ...more });
  expect(put(ana, { taken: true, note: 'Called, nobody there', tags: ['refund'] }).type).toBe('ack');
  const takenBy = { agentId: ana.welcome.agentId, name: 'Ana' };
  const seen = { takenBy, note: 'Called, nobody there', tags: ['refund'], text: 'Please call me back.' };
  expect([left(cem), left(boss), left(sue)]).toMatchObject([[seen], [seen], []]);
  expect(put(cem, { taken: true })).toMatchObject({ code: 'alreadyTaken', now: { agentId: ana.welcome.agentId } });
  expect(put(cem, { taken: false })).toMatchObject({ code: 'alreadyTaken' });
  expect(put(cem, { tags: ['nonsense'] })).toMatchObject({ code: 'unknownTag' });
  expect(put(cem, { note: '' }).type).toBe('ack');
  expect(left(ana)[0]).not.toHaveProperty('note');
  expect(put(boss, { taken: true }).type).toBe('ack');
  expect(left(ana)).toMatchObject([{ takenBy: { name: 'Olga' }, tags: ['refund'] }]);
  const next = await office.restart();
  expect(left(await next.supervisor())).toMatchObject([{ takenBy: { name: 'Olga' }, tags: ['refund'] }]);
});

test('what a removed agent had taken on is free again', async () => {
  const { boss, ana, office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result;
  ana.command({ op: 'leftMessage.put', leftMessageId, taken: true });
  boss.command({ op: 'agent.remove', agentId: ana.welcome.agentId });
  expect(left(boss)[0]).not.toHaveProperty('takenBy');
});

test('[TR5] while its customer is there it becomes a conversation, which begins with it', async () => {
  const { ana, boss, office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result;
  const here = () => (left(ana)[0] as { customerConnected?: boolean } | undefined)?.customerConnected ?? false;
  expect(here()).toBe(true);
  const { token } = mei.welcome;
  mei.leave();
  office.advance(office.limits.presenceHoldMs);
  expect(here()).toBe(false);
  expect(ana.command({ op: 'leftMessage.begin', leftMessageId })).toMatchObject({ code: 'customerAway' });
  const again = await office.customer('Mei', null, { token });
  expect(here()).toBe(true);
  const { conversationId } = ana.command({ op: 'leftMessage.begin', leftMessageId }).result;
  expect(ana.conversation).toMatchObject({ conversationId, stage: 'active', preview: 'Please call me back.' });
  expect(again.conversation).toMatchObject({ conversationId, stage: 'active', agentName: 'Ana' });
  expect(again.said).toEqual(['(joined)', 'Please call me back.']);
  expect([left(ana), left(boss)]).toEqual([[], []]);
  expect(office.violations()).toEqual([]);
});

test('[TR5] it joins the conversation that the agent has with its customer, and none of a colleague', async () => {
  const { ana, boss, office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  const first = mei.command(words).result.leftMessageId;
  const second = mei.command({ ...words, text: 'and this' }).result.leftMessageId;
  const { conversationId } = ana.command({ op: 'leftMessage.begin', leftMessageId: first }).result;
  const body = { op: 'leftMessage.begin', leftMessageId: second };
  expect(boss.command(body)).toMatchObject({ code: 'conversationExists', now: { agentId: ana.welcome.agentId } });
  expect(ana.command(body).result).toEqual({ conversationId });
  expect(mei.said).toEqual(['(joined)', 'Please call me back.', 'and this']);
});

test('[TR5] begun, taken back and begun again, it is in the conversation once', async () => {
  const { ana, office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result;
  const { conversationId } = ana.command({ op: 'leftMessage.begin', leftMessageId }).result;
  expect(await ana.asked({ op: 'leftMessage.reopen', leftMessageId, endedAt: office.clock.now() })).toMatchObject({
    type: 'ack',
  });
  expect(ana.command({ op: 'leftMessage.begin', leftMessageId }).result).toEqual({ conversationId });
  expect(mei.said).toEqual(['(joined)', 'Please call me back.']);
  expect(left(ana)).toEqual([]);
});

test('who resumes is told who has come or gone meanwhile', async () => {
  const { ana, office } = await twoGroups();
  const mei = await office.customer('Mei', null);
  mei.command(words);
  const since = { epoch: ana.welcome.epoch, seq: ana.frames.at(-1).seq };
  ana.leave();
  mei.leave();
  office.advance(office.limits.presenceHoldMs);
  const back = await ana.back(since);
  expect(back.welcome.mode).toBe('resume');
  const [told] = left(back);
  expect(told).toMatchObject({ text: 'Please call me back.' });
  expect(told).not.toHaveProperty('customerConnected');
});
