import { expect, test } from 'vitest';
import { type TestClient, TestHub } from '../support/hub';

const minuteMs = 60_000;

/** Ana has Mei's conversation, which has words without an answer; Olga is a supervisor, Ben a colleague. */
async function unanswered() {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId ?? '' });
  const ben = await office.agent('Ben');
  ana.command({ op: 'message.send', conversationId: mei.conversation.conversationId, text: 'Hello' });
  mei.command({ op: 'message.send', text: 'Is anybody there?' });
  return { office, boss, ana, ben, mei };
}

const notices = (client: TestClient): string[] =>
  client.events('notice').flatMap(({ code }) => (code.startsWith('overdue') ? [code] : []));

test('[UN1] words without an answer alert their agent, then the supervisors, and nothing is moved', async () => {
  const { office, boss, ana, ben, mei } = await unanswered();
  office.advance(10 * minuteMs);
  expect([notices(ana), notices(boss), notices(ben)]).toEqual([['overdue'], [], []]);
  expect(ana.conversation.overdue).toBe('agent');
  office.advance(minuteMs);
  expect([notices(ana), notices(boss), notices(ben)]).toEqual([['overdue'], ['overdueWith'], []]);
  expect(boss.events('notice').at(-1)).toMatchObject({ params: { name: 'Mei', agent: 'Ana' } });
  expect(boss.conversation).toMatchObject({ overdue: 'supervisors', agentId: ana.welcome.agentId, stage: 'active' });
  office.advance(60 * minuteMs);
  expect([notices(ana), notices(boss)]).toEqual([['overdue'], ['overdueWith']]);
  expect(mei.conversation.stage).toBe('active');
});

test('[UN1] the answer ends it for everybody who sees the conversation, at once', async () => {
  const { office, boss, ana, mei } = await unanswered();
  office.advance(11 * minuteMs);
  ana.command({ op: 'message.send', conversationId: mei.conversation.conversationId, text: 'Sorry!' });
  expect(boss.conversation.overdue).toBeUndefined();
  const again = await ana.back();
  expect(again.conversation.overdue).toBeUndefined();
});

test('[UN1] an answer that waited for the link leaves what came meanwhile to be answered in time', async () => {
  const { office, boss, ana, mei } = await unanswered();
  const { conversationId } = mei.conversation;
  const after = ana.messages.at(-1)!.messageId;
  office.advance(5 * minuteMs);
  mei.command({ op: 'message.send', text: 'Hello?' });
  office.advance(4 * minuteMs);
  ana.command({ op: 'message.send', conversationId, text: 'Yes', after });
  office.advance(5 * minuteMs);
  expect(notices(ana)).toEqual([]);
  office.advance(minuteMs);
  expect([notices(ana), notices(boss)]).toEqual([['overdue'], []]);
  expect(boss.conversation.overdue).toBe('agent');
});

test('[UN1] and tells of it anew, at once, when that is long ago already', async () => {
  const { office, boss, ana, mei } = await unanswered();
  const { conversationId } = mei.conversation;
  const after = ana.messages.at(-1)!.messageId;
  mei.command({ op: 'message.send', text: 'Hello?' });
  office.advance(30 * minuteMs);
  ana.command({ op: 'message.send', conversationId, text: 'Yes', after });
  expect([notices(ana), notices(boss)]).toEqual([['overdue', 'overdue'], ['overdueWith']]);
  expect([ana.conversation.overdue, boss.conversation.overdue]).toEqual(['agent', 'agent']);
  expect((await ana.back()).conversation.overdue).toBe('agent');
});

test('[UN1] words in a queue that nobody takes alert the supervisors', async () => {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const mei = await office.customer('Mei');
  mei.command({ op: 'message.send', text: 'Is anybody there?' });
  office.advance(10 * minuteMs);
  expect(notices(boss)).toEqual(['overdueWithNobody']);
});
