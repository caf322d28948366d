import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

test('[QU1] first come, first served: an agent with room gets the older conversation first', async () => {
  const office = await TestHub.start();
  const first = await office.customer('First');
  office.advance(1_000);
  const second = await office.customer('Second');
  expect([first.conversation.position, second.conversation.position]).toEqual([1, 2]);

  const ana = await office.online('Ana', { capacity: 1 });
  const offered = ana.conversations.filter((each) => each.stage === 'offered');
  expect(offered.map((each) => each.customerName)).toEqual(['First']);
  expect(ana.command({ op: 'offer.accept', offerId: offered[0]!.offerId }).type).toBe('ack');
  expect(first.conversation).toMatchObject({ stage: 'active', agentName: 'Ana', position: null });
  office.advance(15_000);
  expect(second.conversation).toMatchObject({ stage: 'waiting', position: 1 });
  expect(office.violations()).toEqual([]);
});

test('[CH2] agent priority: the agent with the better number in the group gets it', async () => {
  const office = await TestHub.start();
  const groups = (priority: number) => [{ groupId: office.groupId, priority }];
  const late = await office.online('Late', { groups: groups(2) });
  office.advance(60_000);
  const best = await office.online('Best', { groups: groups(1) });
  await office.settings({ routing: { agentPriority: true } });
  await office.customer('One');
  await office.customer('Two');
  const offersOf = (agentId: string) =>
    best.conversations.filter((each) => each.stage === 'offered' && each.agentId === agentId).length;
  expect([offersOf(best.welcome.agentId), offersOf(late.welcome.agentId)]).toEqual([2, 0]);
});

test('[LR2] last receptionist first: who wrote to this customer last gets them again', async () => {
  const office = await TestHub.start();
  await office.settings({ routing: { lastReceptionist: true } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: mei.conversation.conversationId, text: 'Hello Mei' });
  mei.command({ op: 'conversation.leave' });
  const ben = await office.online('Ben');
  office.advance(60_000);
  // Ana has been given one more recently, so without the setting Ben would be next.
  mei.command({ op: 'conversation.open', name: 'Mei' });
  const again = ana.conversations.find((each) => each.stage === 'offered');
  expect(again?.agentId).toBe(ana.welcome.agentId);
  expect(again?.why?.rule).toBe('LR2');
  expect(ben.conversations.every((each) => each.agentId !== ben.welcome.agentId)).toBe(true);
});

test('[AR1] automatic reception: active at once, without an accept step', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { automatic: true } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Is this open?' });
  expect(ana.conversation).toMatchObject({ stage: 'active', agentId: ana.welcome.agentId, offerId: null });
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
  expect(ana.said).toContain('Is this open?');
  expect(ana.command({ op: 'conversation.ack', conversationId: ana.conversation.conversationId }).type).toBe('ack');
});

test('[AR2] automatic reception without an acknowledgement: it returns and the agent counts as disconnected', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { automatic: true } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  office.advance(5_000);
  expect(mei.conversation.stage).toBe('waiting');
  expect(ana.closed).toBe('tooSlow');
  const boss = await office.supervisor();
  office.advance(office.limits.presenceHoldMs);
  expect(boss.agentView(ana.welcome.agentId).connected).toBe(false);
});

test('[RD1] redirect upon timeout: after 30 s it rings at the next member, and the customer is told', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true } } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const ben = await office.online('Ben');
  const first = ana.conversation;
  expect(first.deadline).toBe(office.clock.now() + 30_000);
  office.advance(29_999);
  expect(ana.conversation.agentId).toBe(ana.welcome.agentId);
  office.advance(1);
  expect(ben.conversation).toMatchObject({ stage: 'offered', agentId: ben.welcome.agentId, redirects: 1 });
  expect(ana.notices).toEqual(['redirectedAway']);
  expect(mei.said).toEqual(['(queued)', '(redirected)']);
  const late = ana.command({ op: 'offer.accept', offerId: first.offerId });
  expect(late).toMatchObject({ type: 'refused', code: 'offerGone' });
});

test('[SB1] short break after timeout: the agent is told why, gets nothing, and comes back by one click', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true }, shortBreak: { enabled: true } } });
  const ana = await office.online('Ana');
  const boss = await office.supervisor();
  await office.customer('Mei');
  office.advance(30_000);
  const view = ana.agentView(ana.welcome.agentId);
  expect(view).toMatchObject({ status: 'shortBreak', statusCause: 'timeout' });
  expect(view.missed).toMatchObject({ customerName: 'Mei', waitedSeconds: 30 });
  expect(ana.notices).toEqual(['missed']);
  expect(boss.notices).toEqual(['lastOnlineOnBreak']);
  office.advance(60_000);
  expect(ana.conversation.stage).toBe('waiting');
  ana.command({ op: 'status.set', status: 'online' });
  expect(ana.agentView(ana.welcome.agentId)).toMatchObject({ status: 'online', missed: null });
  expect(ana.conversation).toMatchObject({ stage: 'offered', agentId: ana.welcome.agentId });
});
