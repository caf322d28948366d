import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

async function served() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  await office.customer('Mei', { text: 'Is it in stock?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const call = (...mentions: string[]) =>
    ana.command({ op: 'note.add', conversationId, text: '@Ben, is it?', mentions });
  return { office, ana, conversationId, call };
}

test('whom a note calls is told by whom and of which customer, once, and nobody else is', async () => {
  const { office, ana, conversationId, call } = await served();
  const ben = await office.agent('Ben');
  const boss = await office.supervisor();
  const before = boss.notices.length;
  expect(call(ben.welcome.agentId, ana.welcome.agentId).type).toBe('ack');
  expect(ben.frames.filter(({ code }) => code === 'mentioned')).toEqual([
    expect.objectContaining({ name: 'notice', conversationId, params: { name: 'Mei', agent: 'Ana' } }),
  ]);
  expect([ana.notices.includes('mentioned'), boss.notices.length]).toEqual([false, before]);
  expect(ana.messages.at(-1)?.from).toEqual({
    kind: 'note',
    agentId: ana.welcome.agentId,
    name: 'Ana',
    mentions: [ben.welcome.agentId, ana.welcome.agentId],
  });
});

test('a supervisor may be called, too; who may not see it may not, and then nothing is left', async () => {
  const { office, ana, call } = await served();
  const boss = await office.supervisor();
  expect(call(boss.welcome.agentId).type).toBe('ack');
  expect(boss.notices.at(-1)).toBe('mentioned');
  const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
  const eve = await office.agent('Eve', { groups: [{ groupId, priority: 1 }] });
  const said = ana.messages.length;
  for (const agentId of [eve.welcome.agentId, 'agent-none'])
    expect(call(boss.welcome.agentId, agentId)).toMatchObject({ code: 'unknownMention', field: 'mentions' });
  expect([ana.messages.length, eve.notices]).toEqual([said, []]);
  expect(boss.notices.filter((code) => code === 'mentioned')).toHaveLength(1);
});

test('whose line was lost meanwhile is told when they come back', async () => {
  const { office, call } = await served();
  const ben = await office.agent('Ben');
  const { agentId, token, epoch } = ben.welcome;
  const since = { epoch, seq: ben.frames.filter((frame) => frame.seq !== undefined).at(-1).seq };
  ben.leave();
  call(agentId);
  const again = office.connect('agent');
  await again.hello({
    role: 'agent',
    auth: { kind: 'token', token },
    deviceId: ben.device,
    deviceLabel: 'test',
    since,
  });
  expect(again.notices).toEqual(['mentioned']);
});
