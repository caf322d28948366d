import { expect, test } from 'vitest';
import type { AuditEntry } from '../../shared/protocol/audit';
import { auditEntry } from '../../shared/protocol/audit';
import { type TestClient, TestHub } from '../support/hub';

function entries(boss: TestClient, before: string | null = null, length = 200): AuditEntry[] {
  const { result } = boss.command({ op: 'audit.list', before, length });
  return result.entries.map((each: unknown) => auditEntry.parse(each));
}

const newest = (boss: TestClient) => entries(boss)[0]!;

test('a change is told with who, from which device, on whom, before and after', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const { groupId } = office;
  const agentId = sam.command({ op: 'agent.put', name: 'Ben', role: 'agent', capacity: 3, groups: [] }).result.agentId;
  const groups = [{ groupId, priority: 2 }];
  sam.command({ op: 'agent.put', agentId, name: 'Ben', role: 'agent', capacity: 5, groups });
  expect(newest(sam)).toEqual({
    auditId: expect.any(String),
    at: office.clock.now(),
    by: { kind: 'agent', agentId: sam.welcome.agentId, name: 'Sam', device: 'test' },
    action: 'agent.put',
    subject: 'Ben',
    changes: [
      { field: 'capacity', before: 3, after: 5 },
      { field: 'groups.Reception', before: null, after: 2 },
    ],
  });
  sam.command({ op: 'settings.update', settings: { wrapUpSeconds: 7 } });
  expect(newest(sam).changes).toEqual([{ field: 'wrapUpSeconds', before: 0, after: 7 }]);
  sam.command({ op: 'office.put', name: 'New' });
  expect(newest(sam).changes).toEqual([{ field: 'name', before: 'Test office', after: 'New' }]);
  sam.command({ op: 'agent.remove', agentId });
  expect(newest(sam)).toMatchObject({ action: 'agent.remove', subject: 'Ben' });
  expect(newest(sam).changes).toContainEqual({ field: 'role', before: 'agent', after: null });
});

test('what is refused is not told, nor what agents do with their own', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  const before = entries(sam).length;
  await office.customer('Mei', { text: 'hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'yes' });
  ana.command({ op: 'conversation.watch', conversationId: ana.conversation.conversationId });
  ana.command({ op: 'agent.remove', agentId: sam.welcome.agentId });
  sam.command({ op: 'agent.remove', agentId: sam.welcome.agentId });
  expect(entries(sam)).toHaveLength(before);
});

test('who reads a conversation that a colleague holds, sets their status or takes over by force is told', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  await office.customer('Mei Chen', { text: 'my secret' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  sam.command({ op: 'conversation.watch', conversationId });
  sam.command({ op: 'conversation.watch', conversationId });
  sam.command({ op: 'status.set', status: 'online' });
  sam.command({ op: 'status.set', status: 'busy', agentId: ana.welcome.agentId });
  sam.command({ op: 'conversation.claim', conversationId, force: true });
  expect(entries(sam).slice(0, 3)).toMatchObject([
    {
      action: 'conversation.claim',
      subject: conversationId,
      changes: [{ field: 'agent', before: 'Ana', after: 'Sam' }],
    },
    { action: 'status.set', subject: 'Ana', changes: [{ field: 'status', before: 'online', after: 'busy' }] },
    { action: 'conversation.watch', subject: conversationId, changes: [] },
  ]);
  expect(entries(sam)[3]!.action).not.toBe('conversation.watch');
  expect(JSON.stringify(entries(sam))).not.toMatch(/Mei|secret/);
});

test('an agent who looks at what waits in their own group reads nobody’s', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  await office.customer('Mei', { text: 'hello' });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'conversation.watch', conversationId });
  const sam = await office.supervisor();
  expect(entries(sam).map(({ action }) => action)).not.toContain('conversation.watch');
});

test('nothing of a conversation is read before that it is read is on disk', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  await office.customer('Mei', { text: 'my secret' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  office.flushing = 'hand';
  sam.post({ op: 'conversation.watch', conversationId: ana.conversation.conversationId });
  expect(sam.events('conversation.history')).toEqual([]);
  office.flush();
  expect(sam.events('conversation.history')).toHaveLength(1);
});

test('new devices, and wrong passphrases that are slowed down: once, with the address', async () => {
  const office = await TestHub.start();
  for (let tries = 0; tries < 5; tries += 1)
    await office.agentWith({ kind: 'passphrase', passphrase: 'a wrong one' }, 'd', '192.0.2.7');
  office.advance(60_000);
  const sam = await office.supervisor();
  expect(entries(sam)).toMatchObject([
    { action: 'device.added', by: { kind: 'agent', name: 'Sam', device: 'test' } },
    { action: 'signIn.delayed', by: { kind: 'unknown', address: '192.0.2.7' } },
  ]);
});

test('the log outlives a restart, is read in pages, and taking it along is told', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  for (let wrapUpSeconds = 1; wrapUpSeconds <= 5; wrapUpSeconds += 1)
    sam.command({ op: 'settings.update', settings: { wrapUpSeconds } });
  sam.command({ op: 'audit.export' });
  const all = entries(sam);
  expect(all[0]).toMatchObject({ action: 'audit.export', subject: null, changes: [] });
  const again = await (await office.restart()).agentWith({ kind: 'token', token: sam.welcome.token }, 'device-sam');
  const pages: AuditEntry[] = [];
  for (let isLast = false; !isLast; ) {
    const { result } = again.command({ op: 'audit.list', before: pages.at(-1)?.auditId ?? null, length: 2 });
    pages.push(...result.entries);
    isLast = result.isLast;
  }
  expect(pages).toEqual(all);
});
