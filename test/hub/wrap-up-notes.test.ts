import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

test('[WU1] while an agent wraps up what has ended, they tag it and add a note; nobody else does, nor later', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const ben = await office.agent('Ben');
  const boss = await office.supervisor();
  boss.command({ op: 'office.put', tags: ['refund'] });
  await office.settings({ wrapUpSeconds: 60 });
  const mei = await office.customer('Mei', { text: 'hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'conversation.close', conversationId });
  const tag = { op: 'conversation.tag', conversationId, tags: ['refund'] };
  const note = { op: 'note.add', conversationId, text: 'Sent a refund' };
  for (const body of [tag, note]) expect(ben.command(body)).toMatchObject({ code: 'unknownConversation' });
  for (const body of [tag, note]) expect(ana.command(body).type).toBe('ack');
  const thread = office.hub.state.threads.get(conversationId)!;
  expect(thread.tags).toEqual(['refund']);
  expect(thread.messages.at(-1)).toMatchObject({ text: 'Sent a refund', from: { kind: 'note', name: 'Ana' } });
  expect(mei.said.at(-1)).toBe('(endedByAgent)');
  ana.command({ op: 'wrapUp.done', conversationId });
  for (const body of [tag, note]) expect(ana.command(body)).toMatchObject({ code: 'unknownConversation' });
});
