import { expect, test } from 'vitest';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import type { FoundConversation } from '../../shared/protocol/history';
import { ArchiveOffice } from '../support/archive-office';
import type { TestClient } from '../support/hub';

// biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
type Any = any;

/** Looking takes turns of the event loop. */
async function ask(client: TestClient, body: object): Promise<Any> {
  const { cid } = client.post(body);
  for (let turn = 0; turn < 1_000 && client.answer(cid).type === 'none'; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  return client.answer(cid);
}

const find = async (client: TestClient, text: string, more: object = {}): Promise<FoundConversation[]> =>
  (await ask(client, { op: 'conversation.find', text, after: null, length: 20, ...more })).result.found;

const reopen = (
  client: TestClient,
  { conversationId, endedAt }: Pick<FoundConversation, 'conversationId' | 'endedAt'>,
) => ask(client, { op: 'leftMessage.reopen', leftMessageId: conversationId, endedAt });

const openOf = (client: TestClient): string[] => {
  const held = new Map<string, string>();
  for (const event of client.events()) {
    if (event.name === 'leftMessage.added') held.set(event.leftMessage.leftMessageId, event.leftMessage.text);
    if (event.name === 'leftMessage.removed') held.delete(event.leftMessageId);
  }
  return [...held.values()];
};

const words = { op: 'message.leave', name: 'Mei', contact: 'mei@example.com', text: 'Please call me back.' };

/** Mei has left a message; Ana and Sue are in its group, Eve is in another. */
async function left() {
  const office = await ArchiveOffice.start();
  const boss = await office.hub.agent('Olga', { role: 'supervisor', groups: [] });
  const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
  const ana = await office.hub.online('Ana');
  const sue = await office.hub.agent('Sue');
  const eve = await office.hub.agent('Eve', { groups: [{ groupId, priority: 1 }] });
  const mei = await office.hub.customer('Mei', null);
  const { leftMessageId } = mei.command(words).result as { leftMessageId: string };
  return { office, boss, ana, sue, eve, mei, leftMessageId };
}

const done = (client: TestClient, leftMessageId: string) => client.command({ op: 'leftMessage.done', leftMessageId });

test('a left message is found open, seen to and in the archive, by its words, its contact and who saw to it', async () => {
  const { office, ana, sue, eve, leftMessageId } = await left();
  const about = { conversationId: leftMessageId, customerName: 'Mei', preview: 'Please call me back.' };
  const contact = 'mei@example.com';
  expect(await find(sue, 'call')).toMatchObject([{ ...about, endedAt: null, left: { contact, seenTo: null } }]);
  done(ana, leftMessageId);
  const at = office.hub.clock.now();
  const seenTo = { agentId: ana.welcome.agentId, name: 'Ana', at };
  for (const archived of [false, true]) {
    if (archived) office.archive(ana);
    expect([...office.hub.hub.state.leftMessages.conversations()]).toHaveLength(archived ? 0 : 1);
    for (const text of ['call back', 'mei@example', 'mei'])
      expect(await find(sue, text)).toMatchObject([{ ...about, endedAt: at, left: { contact, seenTo } }]);
    expect(await find(sue, '', { agentId: ana.welcome.agentId })).toHaveLength(1);
    expect(await find(sue, '', { agentId: sue.welcome.agentId })).toEqual([]);
    expect(await find(sue, 'call', { stage: 'open' })).toEqual([]);
    expect(await find(eve, 'call')).toEqual([]);
    const read = { op: 'conversation.read', conversationId: leftMessageId, endedAt: at };
    expect((await ask(sue, read)).result).toMatchObject({ messages: [{ text: 'Please call me back.' }] });
    expect(await ask(eve, read)).toMatchObject({ code: 'notAllowed' });
  }
  expect(verifyOnDisk(office.disk, '/data', office.hub.limits).problems).toEqual([]);
});

test('it is taken back by whoever may see it, at once or out of the archive, and once only', async () => {
  const { office, ana, sue, eve, leftMessageId } = await left();
  for (const archived of [false, true]) {
    const [open] = await find(sue, 'call', { stage: 'open' });
    done(ana, open!.conversationId);
    expect(openOf(sue)).toEqual([]);
    if (archived) office.archive(ana);
    const [seenTo] = await find(sue, 'call', { stage: 'ended' });
    expect(await reopen(eve, seenTo!)).toMatchObject({ code: 'notAllowed' });
    expect((await reopen(sue, seenTo!)).type).toBe('ack');
    expect(openOf(ana)).toEqual(['Please call me back.']);
    expect(await reopen(ana, seenTo!)).toMatchObject({ code: 'unknownLeftMessage' });
  }
  // What the archive said stays true: Ana had seen to it.
  const all = await find(sue, 'call');
  expect(all.map(({ endedAt }) => endedAt === null)).toEqual([true, false]);
  done(sue, all[0]!.conversationId);
  office.archive(ana);
  expect((await find(sue, 'call')).map(({ left }) => left?.seenTo?.name)).toEqual(['Sue', 'Ana']);
  expect(all[1]!.conversationId).toBe(leftMessageId);
});

test('its note and tags stay with it: in the history, by its tag, and when it is taken back out of the archive', async () => {
  const { office, boss, ana, sue, leftMessageId } = await left();
  boss.command({ op: 'office.put', tags: ['refund'] });
  ana.command({ op: 'leftMessage.put', leftMessageId, taken: true, note: 'Rang twice', tags: ['refund'] });
  done(ana, leftMessageId);
  for (const archived of [false, true]) {
    if (archived) office.archive(ana);
    expect(await find(sue, 'rang', { tag: 'refund' })).toMatchObject([{ tags: ['refund'] }]);
  }
  const [seenTo] = await find(sue, '');
  await reopen(sue, seenTo!);
  const [open] = office.hub.hub.state.leftMessages.all();
  expect(open).toMatchObject({ note: 'Rang twice', tags: ['refund'] });
  expect(open).not.toHaveProperty('takenBy');
  expect(verifyOnDisk(office.disk, '/data', office.hub.limits).problems).toEqual([]);
});

test('both are in the audit log', async () => {
  const { ana, boss, leftMessageId } = await left();
  done(ana, leftMessageId);
  const [seenTo] = await find(boss, '');
  await reopen(boss, seenTo!);
  const { entries } = (await ask(boss, { op: 'audit.list', before: null, length: 2 })).result;
  expect(entries).toMatchObject([
    { action: 'leftMessage.reopen', subject: leftMessageId, by: { name: 'Olga' } },
    { action: 'leftMessage.done', subject: leftMessageId, by: { name: 'Ana' } },
  ]);
});

test('an erasure takes it out of the state and the archive; its customer is kept as long as it is', async () => {
  const { office, boss, ana, mei, leftMessageId } = await left();
  mei.command({ ...words, text: 'Another secret' });
  done(ana, leftMessageId);
  office.archive(ana);
  const { customerId } = mei.welcome;
  const text = () =>
    office.disk
      .paths()
      .map((path) => office.disk.peek(path)?.toString('utf8'))
      .join('\n');
  expect(text()).toContain('mei@example.com');
  expect((await ask(boss, { op: 'customer.erase', customerId })).type).toBe('ack');
  expect(text()).not.toMatch(/mei@example\.com|call me back|Another secret/);
});

test('[retention] what was seen to late is kept from then on, and found', async () => {
  const { office, boss, ana, leftMessageId } = await left();
  const dayMs = 24 * 60 * 60_000;
  boss.command({ op: 'office.put', retentionDays: 30 });
  for (let day = 0; day < 20; day += 1) office.hub.advance(dayMs);
  done(ana, leftMessageId);
  for (let day = 0; day < 20; day += 1) office.hub.advance(dayMs);
  office.archive(ana);
  expect(await find(ana, 'call')).toHaveLength(1);
  for (let day = 0; day < 15; day += 1) office.hub.advance(dayMs);
  expect(await find(ana, 'call')).toEqual([]);
});
