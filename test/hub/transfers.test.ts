import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Ana serves Mei; Ben is online but busy, so that nothing is routed to him. */
async function serving() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const ben = await office.online('Ben');
  ben.command({ op: 'status.set', status: 'busy' });
  const mei = await office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const transfer = (to: object, note?: string) =>
    ana.command({ op: 'conversation.transfer', conversationId, to, ...(note === undefined ? {} : { note }) });
  /** As Ana sees it once colleagues’ loads were told, which is once a second. */
  const load = (name: string) => {
    office.advance(office.limits.summaryEveryMs);
    return ana.agentView(office.agentId(name)).load;
  };
  return { office, ana, ben, mei, transfer, load, toBen: { agentId: ben.welcome.agentId } };
}

test('[TR2] a transfer that is taken: the note is on the card, the customer is told, the sender is free', async () => {
  const { office, ana, ben, mei, transfer, load, toBen } = await serving();
  expect(transfer(toBen, 'speaks French').type).toBe('ack');
  expect(ben.conversation).toMatchObject({ stage: 'offered', note: 'speaks French', why: { rule: 'TR2' } });
  expect(ben.conversation.deadline).toBe(office.clock.now() + 30_000);
  expect(ben.said).toEqual(['(queued)', 'Hello', '(joined)']);
  expect([load('Ana'), load('Ben')]).toEqual([1, 1]);
  ben.command({ op: 'offer.accept', offerId: ben.conversation.offerId });
  expect(ben.conversation).toMatchObject({ stage: 'active', note: 'speaks French', fromAgentId: null });
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ben' });
  expect(mei.said.at(-1)).toBe('(transferred)');
  expect([load('Ana'), load('Ben')]).toEqual([0, 1]);
  expect(ana.command({ op: 'message.send', conversationId: ben.conversation.conversationId, text: 'x' })).toMatchObject(
    {
      code: 'notAllowed',
    },
  );
});

test('[TR2] a transfer that is missed: back to the sender with a notice that names who did not take it', async () => {
  const { office, ana, ben, mei, transfer, toBen } = await serving();
  transfer(toBen, 'speaks French');
  office.advance(30_000);
  expect(ana.conversation).toMatchObject({ stage: 'active', agentId: ana.welcome.agentId, note: null });
  expect(ana.events('notice')).toMatchObject([{ code: 'returnedToYou', params: { name: 'Mei', agent: 'Ben' } }]);
  expect(ben.conversations.filter((each) => each.agentId === ben.welcome.agentId)).toEqual([]);
  expect(mei.said).not.toContain('(redirected)');
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
});

test('[TR2] the sender has gone when it is not taken: it waits in its old place', async () => {
  const { office, ana, ben, mei, transfer, toBen } = await serving();
  const { enqueuedAt } = ana.conversation;
  office.advance(5_000);
  transfer(toBen);
  ana.command({ op: 'status.set', status: 'offline' });
  ben.command({ op: 'offer.decline', offerId: ben.conversation.offerId });
  expect(ben.conversation).toMatchObject({ stage: 'waiting', enqueuedAt, agentId: null });
  expect(mei.conversation).toMatchObject({ stage: 'waiting', position: 1 });
  expect(office.violations()).toEqual([]);
});

test('[TR2] to a group: it rings there with the note, at its old time of arrival, and is out of the sender’s sight', async () => {
  const { office, ana, mei, transfer, load } = await serving();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const { groupId } = boss.command({ op: 'group.put', name: 'Sales' }).result;
  const sue = await office.online('Sue', { groups: [{ groupId, priority: 1 }] });
  const { enqueuedAt } = ana.conversation;
  office.advance(5_000);
  expect(transfer({ groupId }, 'wants ten of them').type).toBe('ack');
  expect(ana.conversations).toEqual([]);
  expect(load('Ana')).toBe(0);
  expect(sue.conversation).toMatchObject({ stage: 'offered', groupId, enqueuedAt, note: 'wants ten of them' });
  expect(mei.conversation).toMatchObject({ stage: 'waiting', groupName: 'Sales' });
  sue.command({ op: 'offer.accept', offerId: sue.conversation.offerId });
  expect(sue.conversation).toMatchObject({ stage: 'active', note: 'wants ten of them' });
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Sue' });
});

test('[TR2] to one’s own group: a colleague has it first, the sender counts as tried until the next round', async () => {
  const { office, ana, transfer } = await serving();
  transfer({ groupId: office.groupId });
  expect(ana.conversation).toMatchObject({ stage: 'waiting', agentId: null });
  office.advance(9_999);
  expect(ana.conversation.stage).toBe('waiting');
  office.advance(1);
  expect(ana.conversation).toMatchObject({ stage: 'offered', agentId: ana.welcome.agentId });
});

test('[WU1] after an end the slot stays used until the wrap-up is done, or its time is over', async () => {
  const { office, ana, ben, transfer, load, toBen } = await serving();
  await office.settings({ wrapUpSeconds: 60 });
  const { conversationId } = ana.conversation;
  transfer(toBen);
  ben.command({ op: 'offer.accept', offerId: ben.conversation.offerId });
  expect(ana.agentView(ana.welcome.agentId).wrapUps).toEqual([conversationId]);
  ben.command({ op: 'conversation.close', conversationId });
  expect([load('Ana'), load('Ben')]).toEqual([1, 1]);
  expect(ben.command({ op: 'wrapUp.done', conversationId }).type).toBe('ack');
  expect([load('Ana'), load('Ben')]).toEqual([1, 0]);
  office.advance(60_000);
  expect([load('Ana'), load('Ben')]).toEqual([0, 0]);
  expect(ben.command({ op: 'wrapUp.done', conversationId })).toMatchObject({ code: 'unknownWrapUp' });
});

test('[WU1] a full agent gets the next one when the wrap-up is done', async () => {
  const office = await TestHub.start();
  await office.settings({ wrapUpSeconds: 60 });
  const ana = await office.online('Ana', { capacity: 1 });
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  await office.customer('Li');
  mei.command({ op: 'conversation.leave' });
  expect(ana.conversation).toMatchObject({ customerName: 'Li', stage: 'waiting' });
  ana.command({ op: 'wrapUp.done', conversationId });
  expect(ana.conversation).toMatchObject({ customerName: 'Li', stage: 'offered' });
});
