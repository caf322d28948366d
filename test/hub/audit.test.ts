import { expect, test } from 'vitest';
import type { AuditEntry } from '../../shared/protocol/audit';
import { auditEntry } from '../../shared/protocol/audit';
import { type TestClient, TestHub } from '../support/hub';

// biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
type Any = any;

async function entries(boss: TestClient): Promise<AuditEntry[]> {
  const { result } = await boss.asked({ op: 'audit.list', before: null, length: 200 });
  return result.entries.map((each: unknown) => auditEntry.parse(each));
}

const newest = async (boss: TestClient) => (await entries(boss))[0]!;

test('a change is told with who, from which device, on whom, before and after', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const { groupId } = office;
  const agentId = sam.command({ op: 'agent.put', name: 'Ben', role: 'agent', capacity: 3, groups: [] }).result.agentId;
  const groups = [{ groupId, priority: 2 }];
  sam.command({ op: 'agent.put', agentId, name: 'Ben', role: 'agent', capacity: 5, groups });
  expect(await newest(sam)).toEqual({
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
  expect((await newest(sam)).changes).toEqual([{ field: 'wrapUpSeconds', before: 0, after: 7 }]);
  sam.command({ op: 'office.put', name: 'New' });
  expect((await newest(sam)).changes).toEqual([{ field: 'name', before: 'Test office', after: 'New' }]);
  sam.command({ op: 'agent.remove', agentId });
  expect(await newest(sam)).toMatchObject({ action: 'agent.remove', subject: 'Ben' });
  expect((await newest(sam)).changes).toContainEqual({ field: 'role', before: 'agent', after: null });
});

test('what is refused for what it says is not told, nor what agents do with their own', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  const before = (await entries(sam)).length;
  await office.customer('Mei', { text: 'hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'yes' });
  ana.command({ op: 'conversation.watch', conversationId: ana.conversation.conversationId });
  ana.command({ op: 'conversation.ack', conversationId: 'somebody’s' });
  sam.command({ op: 'agent.remove', agentId: sam.welcome.agentId });
  expect(await entries(sam)).toHaveLength(before);
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
  expect((await entries(sam)).slice(0, 3)).toMatchObject([
    {
      action: 'conversation.claim',
      subject: conversationId,
      changes: [{ field: 'agent', before: 'Ana', after: 'Sam' }],
    },
    { action: 'status.set', subject: 'Ana', changes: [{ field: 'status', before: 'online', after: 'busy' }] },
    { action: 'conversation.watch', subject: conversationId, changes: [] },
  ]);
  expect((await entries(sam))[3]!.action).not.toBe('conversation.watch');
  expect(JSON.stringify(await entries(sam))).not.toMatch(/Mei|secret/);
});

test('an agent who looks at what waits in their own group reads nobody’s', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  await office.customer('Mei', { text: 'hello' });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'conversation.watch', conversationId });
  const sam = await office.supervisor();
  expect((await entries(sam)).map(({ action }) => action)).not.toContain('conversation.watch');
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
  expect(await entries(sam)).toMatchObject([
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
  const all = await entries(sam);
  expect(all[0]).toMatchObject({ action: 'audit.export', subject: null, changes: [] });
  const again = await (await office.restart()).agentWith({ kind: 'token', token: sam.welcome.token }, 'device-sam');
  const pages: AuditEntry[] = [];
  for (let isLast = false; !isLast; ) {
    const last = pages.at(-1);
    const before = last ? { at: last.at, auditId: last.auditId } : null;
    const { result } = await again.asked({ op: 'audit.list', before, length: 2 });
    pages.push(...result.entries);
    isLast = result.isLast;
  }
  expect(pages).toEqual(all);
});

test('what somebody has no right to is told once, with how often they tried', async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  const sam = await office.supervisor();
  const { agentId } = sam.welcome;
  for (let tries = 0; tries < 3; tries += 1) ana.command({ op: 'agent.remove', agentId });
  await ana.asked({ op: 'audit.list', before: null, length: 1 });
  ana.command({ op: 'conversation.trace', conversationId: 'conversation-1' });
  await ana.asked({ op: 'customer.erase', customerId: 'customer-1' });
  const refused = (await entries(sam)).filter(({ action }) => action === 'right.refused');
  expect(refused.map(({ by, subject, count }) => [by.kind === 'agent' && by.name, subject, count])).toEqual([
    ['Ana', 'customer.erase', undefined],
    ['Ana', 'conversation.trace', undefined],
    ['Ana', 'audit.list', undefined],
    ['Ana', 'agent.remove', 3],
  ]);
});

test('the same within ten minutes is one entry; what changes something is one each time', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  await office.customer('Mei', { text: 'hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const read = () => {
    sam.command({ op: 'conversation.watch', conversationId });
    sam.command({ op: 'conversation.watch', conversationId: null });
  };
  const startedAt = office.clock.now();
  read();
  office.advance(599_999);
  read();
  office.advance(1);
  read();
  const noted = (await entries(sam)).filter(({ action }) => action === 'conversation.watch');
  expect(noted).toMatchObject([{ at: startedAt + 600_000 }, { at: startedAt, count: 2, lastAt: startedAt + 599_999 }]);
  expect(noted[0]).not.toHaveProperty('count');
  for (const wrapUpSeconds of [1, 2, 1, 2]) sam.command({ op: 'settings.update', settings: { wrapUpSeconds } });
  const changes = (await entries(sam)).filter(({ action }) => action === 'settings.update');
  expect(changes.map(({ changes: [change] }) => change?.after)).toEqual([2, 1, 2, 1]);
  expect(changes.map(({ count }) => count)).toEqual([undefined, undefined, undefined, undefined]);
});

test('nobody pushes anything out of the log, however much they read', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  sam.command({ op: 'settings.update', settings: { wrapUpSeconds: 7 } });
  const first = (await entries(sam)).at(-1);
  const { state } = office.hub;
  const by = { kind: 'agent', agentId: 'agent-eve', name: 'Eve', device: 'PC' } as const;
  for (let round = 0; round < 12_000; round += 1)
    office.hub.step((step) =>
      step.note({ by, action: 'conversation.watch', subject: `conversation-${round}`, changes: [] }),
    );
  expect(state.audit.page(null, 2_000).length).toBeLessThanOrEqual(1_000);
  const all: AuditEntry[] = [];
  for (let isLast = false; !isLast; ) {
    const last = all.at(-1);
    const before = last ? { at: last.at, auditId: last.auditId } : null;
    const { result } = await sam.asked({ op: 'audit.list', before, length: 200 });
    all.push(...result.entries);
    isLast = result.isLast;
  }
  expect(all.at(-1)).toEqual(first);
  expect(all.map(({ action }) => action)).toContain('settings.update');
  const hers = all.filter((each) => each.by.kind === 'agent' && each.by.name === 'Eve');
  expect(hers).toHaveLength(2_001);
  expect(hers[0]).toMatchObject({ subject: null, count: 10_000 });
});

test('strangers leave few entries a day, from however many addresses; the next day is another', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const delayed = (address: string) =>
    office.hub.step((step) =>
      step.note({ by: { kind: 'unknown', address }, action: 'signIn.delayed', subject: null, changes: [] }),
    );
  for (let i = 0; i < 1_000; i += 1) delayed(`2001:db8::${i.toString(16)}`);
  const noted = (await entries(sam)).filter(({ by }) => by.kind === 'unknown');
  expect(noted[0]).toMatchObject({ by: { address: '' }, count: 800 });
  office.advance(24 * 60 * 60_000);
  delayed('192.0.2.1');
  expect((await entries(sam))[0]).toMatchObject({ by: { address: '192.0.2.1' } });
  expect(office.hub.state.audit.save().counts).toEqual([['unknown', 1]]);
});

test('a filter leaves the entries of one agent or one action, page by page to the end', async () => {
  const office = await TestHub.start();
  const sue = await office.agent('Sue', { role: 'supervisor' });
  const sam = await office.supervisor();
  for (let count = 0; count < 5; count += 1) {
    sam.command({ op: 'office.put', name: `Office ${count}` });
    sue.command({ op: 'settings.update', settings: { wrapUpSeconds: count + 1 } });
  }
  const list = async (more: object) =>
    (await sam.asked({ op: 'audit.list', before: null, length: 3, ...more })).result as Any;
  const bySue = { agentId: sue.welcome.agentId, action: 'settings.update' };
  const first = await list(bySue);
  expect(first.entries.map(({ changes }: AuditEntry) => changes[0]?.after)).toEqual([5, 4, 3]);
  const second = await list({ ...bySue, before: first.next });
  expect(second.entries.map(({ changes }: AuditEntry) => changes[0]?.after)).toEqual([2, 1]);
  expect(second).toMatchObject({ isLast: true });
  expect((await list({ action: 'office.put', length: 50 })).entries).toHaveLength(5);
  expect(await list({ action: 'customer.erase' })).toEqual({ entries: [], isLast: true });
});
