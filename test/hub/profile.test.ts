import { describe, expect, test } from 'vitest';
import { safePage } from '../../main/hub/entrance/safe-page';
import { defaultLimits } from '../../main/hub/limits';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { upgradeState } from '../../main/hub/store/upgrade/saved-state';
import { TestHub } from '../support/hub';

const dayMs = 24 * 60 * 60_000;
const shop = { title: ' Garden chairs ', url: 'https://shop.example/chairs?session=secret#secret' };

/** Ana serves Mei, Ben is of the same group, Cleo of another. */
async function serving(hello: object = { page: shop, language: 'zh' }) {
  const office = await TestHub.start();
  const boss = await office.supervisor('device-boss');
  const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
  boss.leave();
  const ana = await office.online('Ana');
  const ben = await office.agent('Ben');
  const cleo = await office.agent('Cleo', { groups: [{ groupId, priority: 1 }] });
  const mei = await office.customer('Mei', { text: 'Hello' }, hello);
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const put = (fields: object, by = ana) => by.command({ op: 'customer.put', conversationId, ...fields });
  return { office, ana, ben, cleo, mei, conversationId, put };
}

describe('the profile', () => {
  test('says what is known, of the page no more than origin and path, to whoever sees the conversation', async () => {
    const { office, ana, ben, cleo, mei } = await serving();
    const profile = {
      contact: '',
      language: 'zh',
      page: { title: 'Garden chairs', url: 'https://shop.example/chairs' },
      firstSeenAt: office.clock.now(),
      endedCount: 0,
      lastEndedAt: null,
    };
    expect([ana, ben].map(({ conversation }) => conversation.profile)).toEqual([profile, profile]);
    expect(cleo.events('conversation.changed')).toEqual([]);
    expect(JSON.stringify([office.store.disk.lines, mei.frames])).not.toContain('secret');
  });

  test('counts what has ended, and tells the hub’s own page from one that is not known', async () => {
    const { office, ana, mei } = await serving({ page: null });
    const firstSeenAt = office.clock.now();
    expect(ana.conversation.profile.page).toBeNull();
    office.advance(60_000);
    mei.command({ op: 'conversation.leave' });
    const lastEndedAt = office.clock.now();
    office.advance(2 * dayMs);
    mei.command({ op: 'conversation.open', name: 'Mei' });
    expect(ana.conversation.profile).toMatchObject({ firstSeenAt, endedCount: 1, lastEndedAt });
    await office.customer('Li', { text: 'Hello' });
    const li = ana.conversations.find(({ customerName }) => customerName === 'Li');
    expect(li?.profile).not.toHaveProperty('page');
  });

  test('has the contact of a message that was left', async () => {
    const { ana, mei } = await serving();
    mei.command({ op: 'message.leave', name: 'Mei', contact: 'mei@example.com', text: 'Write to me' });
    expect(ana.conversation.profile.contact).toBe('mei@example.com');
    mei.command({ op: 'message.leave', name: 'Mei', contact: '', text: 'Please' });
    expect(ana.conversation.profile.contact).toBe('mei@example.com');
  });
});

describe('a correction', () => {
  test('by who serves is told to everybody concerned, kept over a restart, and nothing to the customer', async () => {
    const { office, ana, ben, cleo, mei, put } = await serving();
    mei.clear();
    expect(put({ contact: ' 0123 456 ' }).type).toBe('ack');
    expect(put({ name: 'Mei Chen' }).type).toBe('ack');
    for (const { conversation } of [ana, ben])
      expect(conversation).toMatchObject({ customerName: 'Mei Chen', profile: { contact: '0123 456' } });
    expect(cleo.events('conversation.changed')).toEqual([]);
    expect(mei.frames).toEqual([]);
    const again = await (await office.restart()).supervisor();
    expect(again.conversation).toMatchObject({ customerName: 'Mei Chen', profile: { contact: '0123 456' } });
    const { entries } = (await again.asked({ op: 'audit.list', before: null, length: 50 })).result;
    expect(entries.map(({ action }: { action: string }) => action)).not.toContain('customer.put');
  });

  test('by a supervisor of what is another’s is in the audit log, without a word of the customer', async () => {
    const { office, conversationId, put } = await serving();
    const sam = await office.supervisor();
    expect(put({ name: 'Private' }, sam).type).toBe('ack');
    const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 1 })).result;
    expect(entries).toMatchObject([{ action: 'customer.put', subject: conversationId, changes: [] }]);
    expect(JSON.stringify(entries)).not.toContain('Private');
  });

  test.each([{ name: ' ' }, { name: 'x'.repeat(81) }, { contact: 'x'.repeat(201) }, { contact: null }])(
    '%o is refused',
    async (fields) => {
      const { ana, put } = await serving();
      expect(put(fields)).toMatchObject({ type: 'refused', code: 'invalid', field: Object.keys(fields)[0] });
      expect(ana.conversation).toMatchObject({ customerName: 'Mei', profile: { contact: '' } });
    },
  );

  test('is for open conversations, and for those who serve them', async () => {
    const { ana, ben, mei, put } = await serving();
    expect(put({ name: 'X' }, ben)).toMatchObject({ type: 'refused', code: 'notAllowed' });
    mei.command({ op: 'conversation.leave' });
    expect(put({ name: 'X' })).toMatchObject({ type: 'refused', code: 'unknownConversation' });
    expect(ana.events('conversation.changed').at(-1).conversation.customerName).toBe('Mei');
  });
});

test.each([
  ['javascript:alert(1)', undefined],
  ['file:///etc/passwd', undefined],
  ['shop.example', undefined],
  ['http://user:secret@shop.example:8080/a b?q#h', 'http://shop.example:8080/a%20b'],
  [`https://shop.example/${'a'.repeat(500)}`, `https://shop.example/${'a'.repeat(279)}`],
])('of the address %s is kept %s', (url, kept) => {
  expect(safePage({ title: '', url })?.url).toBe(kept);
});

test('a hello with a page that is too long is refused', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei', null, {
    page: { title: '', url: `https://shop.example/${'a'.repeat(2_000)}` },
  });
  expect([mei.answer('hello').code, mei.closed]).toEqual(['invalid', 'signInRefused']);
});

test('that a customer is here is noted once a day', async () => {
  const { office, mei } = await serving();
  const seen = () => office.store.disk.lines.filter((line) => line.includes('"customer.seen"')).length;
  const say = () => mei.command({ op: 'message.send', text: 'Still there?' });
  say();
  expect(seen()).toBe(1);
  office.advance(dayMs);
  say();
  say();
  expect(seen()).toBe(2);
});

test('who left a message is kept as long after it as anybody else', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  sam.command({ op: 'office.put', retentionDays: 30 });
  const mei = await office.customer('Mei', null);
  const { leftMessageId } = mei.command({ op: 'message.leave', name: 'Mei', contact: '', text: 'Hello' }).result;
  sam.command({ op: 'leftMessage.done', leftMessageId });
  office.advance(30 * dayMs);
  expect(office.hub.state.customers.size).toBe(1);
  office.advance(dayMs);
  expect(office.hub.state.customers.size).toBe(0);
});

test('a customer of before there was a profile has an empty one', async () => {
  const { office } = await serving();
  const saved = structuredClone(saveState(office.hub.state));
  saved.desk.customers = saved.desk.customers.map(({ customerId, tokenHash, name, language, conversationId }) => ({
    ...({ customerId, tokenHash, name, language, conversationId } as (typeof saved.desk.customers)[number]),
  }));
  const state = startingState({ state: upgradeState(saved), config: null }, defaultLimits);
  expect([...state.customers.values()]).toMatchObject([
    { name: 'Mei', contact: '', firstSeenAt: null, seenAt: saved.at, endedAt: null, endedCount: null },
  ]);
});
