import { expect, test } from 'vitest';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { ArchiveOffice } from '../support/archive-office';
import { TestHub } from '../support/hub';

const tenMinutesMs = 10 * 60_000;

/** Ana has served Mei and closed it; Ben is online too. */
async function ended() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Where is my parcel?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'On its way.' });
  const ben = await office.online('Ben');
  office.advance(60_000);
  ana.command({ op: 'conversation.close', conversationId });
  const closedAt = office.clock.now();
  office.advance(1_000);
  return { office, ana, ben, mei, conversationId, closedAt };
}

test('[RO1] the customer goes on with what has ended: the same id, at whoever wrote last', async () => {
  const { office, ana, ben, mei, conversationId, closedAt } = await ended();
  expect(mei.conversation).toMatchObject({ stage: 'closed', reopenUntil: closedAt + tenMinutesMs });
  expect(mei.command({ op: 'conversation.reopen' }).type).toBe('ack');
  expect(mei.conversation).toMatchObject({ conversationId, stage: 'waiting', closedBy: null });
  expect(mei.conversation).not.toHaveProperty('reopenUntil');
  expect(mei.said.slice(-2)).toEqual(['(endedByAgent)', '(reopened)']);
  const now = office.clock.now();
  const profile = { endedCount: 0, lastEndedAt: null };
  const told = { conversationId, stage: 'offered', enqueuedAt: now, firstAssignedAt: null, closedBy: null, profile };
  expect(ana.conversation).toMatchObject({ ...told, agentId: ana.welcome.agentId });
  expect(ben.conversation).toMatchObject(told);
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  expect(mei.command({ op: 'message.send', text: 'One more thing' }).type).toBe('ack');
  expect(ana.conversation).toMatchObject({ stage: 'active', unanswered: 1 });
  expect(office.violations()).toEqual([]);
});

test('[RO1] who watched it until its end reads it on', async () => {
  const { office, ana, mei, conversationId } = await ended();
  mei.command({ op: 'conversation.reopen' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  boss.command({ op: 'conversation.watch', conversationId });
  ana.command({ op: 'conversation.close', conversationId });
  mei.command({ op: 'conversation.reopen' });
  expect(JSON.stringify(boss.events('conversation.history').at(-1))).toContain('On its way.');
  mei.command({ op: 'message.send', text: 'Still nothing' });
  expect(boss.messages.at(-1)?.text).toBe('Still nothing');
});

test('[RO1] not when it is too late, off, closed for the day, or another one is open', async () => {
  const late = await ended();
  late.office.advance(tenMinutesMs);
  expect(late.mei.command({ op: 'conversation.reopen' })).toMatchObject({ code: 'conversationClosed' });
  const off = await ended();
  await off.office.settings({ reopenMinutes: 0 });
  expect(off.mei.command({ op: 'conversation.reopen' })).toMatchObject({ code: 'conversationClosed' });
  const night = await ended();
  await night.office.opening(night.office.groupId, false);
  expect(night.mei.command({ op: 'conversation.reopen' })).toMatchObject({ code: 'groupClosed' });
  const other = await ended();
  other.mei.command({ op: 'conversation.open', name: 'Mei' });
  expect(other.mei.command({ op: 'conversation.reopen' }).type).toBe('ack');
  expect(other.mei.conversation.conversationId).not.toBe(other.conversationId);
  const nobody = await other.office.customer('Li', null);
  expect(nobody.command({ op: 'conversation.reopen' })).toMatchObject({ code: 'conversationClosed' });
});

test('[RO1] in two tabs at once it is reopened once, and both see it', async () => {
  const { office, mei, conversationId } = await ended();
  const tab = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  expect(mei.command({ op: 'conversation.reopen' }).type).toBe('ack');
  expect(tab.command({ op: 'conversation.reopen' }).type).toBe('ack');
  expect(tab.conversation).toMatchObject({ conversationId, stage: 'waiting' });
  expect(mei.said.filter((each) => each === '(reopened)')).toHaveLength(1);
});

test('[RO1] an agent reopens it while the customer is there, and writes on', async () => {
  const { ana, ben, mei, conversationId, office } = await ended();
  await office.settings({ reopenMinutes: 0 });
  expect(ben.command({ op: 'conversation.reopen', conversationId }).type).toBe('ack');
  expect(ben.conversation).toMatchObject({ conversationId, stage: 'active', agentId: ben.welcome.agentId });
  expect(ben.events('conversation.history').at(-1)).toMatchObject({ conversationId });
  expect(ben.command({ op: 'message.send', conversationId, text: 'It has arrived.' }).type).toBe('ack');
  expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ben' });
  expect(mei.said.slice(-3)).toEqual(['(reopened)', '(joined)', 'It has arrived.']);
  const again = ana.command({ op: 'conversation.reopen', conversationId });
  expect(again).toMatchObject({ code: 'conversationExists', now: { agentId: ben.welcome.agentId } });
});

test('[RO1] an agent does not once the customer is gone, or the state holds it no more', async () => {
  const { office, ana, mei, conversationId } = await ended();
  const { token } = mei.welcome;
  mei.leave();
  expect(ana.command({ op: 'conversation.reopen', conversationId })).toMatchObject({ code: 'customerAway' });
  await office.customer('Mei', null, { token });
  office.advance(office.limits.closedShownMs);
  expect(ana.command({ op: 'conversation.reopen', conversationId })).toMatchObject({ code: 'unknownConversation' });
  expect(office.violations()).toEqual([]);
});

test('[RO1] it outlives a restart in between and after', async () => {
  const { office, mei, conversationId } = await ended();
  const next = await office.restart();
  const again = await next.customer('Mei', null, { token: mei.welcome.token });
  expect(again.command({ op: 'conversation.reopen' }).type).toBe('ack');
  const last = await next.restart();
  const boss = await last.supervisor();
  expect(boss.conversations).toMatchObject([{ conversationId, stage: 'waiting' }]);
});

test('[RO1] a client of protocol 1 is told of it as of any change', async () => {
  const { office, ana, mei, conversationId } = await ended();
  const { token } = mei.welcome;
  mei.leave();
  const old = await office.customer('Mei', null, { token, proto: 1 });
  ana.command({ op: 'conversation.reopen', conversationId });
  expect(old.conversation).toMatchObject({ conversationId, stage: 'active', agentName: 'Ana' });
  expect(old.command({ op: 'message.send', text: 'Hello again' }).type).toBe('ack');
});

test('[RO1] reopened and closed again it is in the archive once, whole, and counted once', async () => {
  const office = await ArchiveOffice.start({ closedShownMs: 60_000 });
  const ana = await office.hub.online('Ana');
  const mei = await office.hub.customer('Mei', { text: 'first words' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'an answer' });
  ana.command({ op: 'conversation.close', conversationId });
  office.hub.advance(50_000);
  mei.command({ op: 'conversation.reopen' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  mei.command({ op: 'message.send', text: 'later words' });
  // What ended a minute ago and goes on does not leave.
  office.hub.advance(50_000);
  office.archive(ana);
  expect(office.hub.hub.state.threads.get(conversationId)?.closedAt).toBeNull();
  ana.command({ op: 'conversation.close', conversationId });
  expect(office.hub.hub.state.customers.get(mei.welcome.customerId)?.endedCount).toBe(1);
  office.hub.advance(60_000);
  office.archive(ana);
  const lines = office.disk
    .paths()
    .filter((path) => /archive.*jsonl$/.test(path))
    .flatMap((path) => office.disk.peek(path)!.toString('utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as { conversationId?: string; messages?: { text: string }[] })
    .filter((each) => each.conversationId === conversationId);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).toContain('first words');
  expect(JSON.stringify(lines)).toContain('later words');
  expect(verifyOnDisk(office.disk, '/data', office.hub.limits).problems).toEqual([]);
});
