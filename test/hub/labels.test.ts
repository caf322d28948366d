import { describe, expect, test } from 'vitest';
import { foundConversation, historyPage } from '../../shared/protocol/history';
import { ArchiveOffice } from '../support/archive-office';
import { TestHub } from '../support/hub';

/** An office with words of its own; Ana serves Mei, Ben is of the same group. */
async function serving(labels: object = { tags: ['Invoice', 'Delivery'], wrapUpCodes: ['Solved', 'Spam'] }) {
  const office = await TestHub.start();
  const olga = await office.agent('Olga', { role: 'supervisor', groups: [] });
  expect(olga.command({ op: 'office.put', ...labels }).type).toBe('ack');
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const ben = await office.agent('Ben');
  const { conversationId } = ana.conversation;
  const tag = (tags: string[], by = ana) => by.command({ op: 'conversation.tag', conversationId, tags });
  return { office, olga, ana, ben, mei, conversationId, tag };
}

describe('the office’s words', () => {
  test('are told to everybody, kept over a restart, in the audit log, and each put leaves the others as they are', async () => {
    const { office, olga, ana } = await serving();
    const told = (client: typeof ana) => client.events('office.changed').at(-1).office;
    expect(told(ana)).toMatchObject({ tags: ['Invoice', 'Delivery'], wrapUpCodes: ['Solved', 'Spam'] });
    olga.command({ op: 'office.put', tags: ['  Returns '] });
    olga.command({ op: 'office.put', name: 'Nordlys' });
    expect(told(ana)).toMatchObject({ name: 'Nordlys', tags: ['Returns'], wrapUpCodes: ['Solved', 'Spam'] });
    const { entries } = (await olga.asked({ op: 'audit.list', before: null, length: 5 })).result;
    expect(entries[1].changes).toEqual([{ field: 'tags', before: 'Invoice, Delivery', after: 'Returns' }]);
    const again = await (await office.restart()).supervisor();
    expect(told(again)).toMatchObject({ tags: ['Returns'], wrapUpCodes: ['Solved', 'Spam'] });
  });

  test.each([
    ['twice the same, whatever the case', { tags: ['Invoice', 'invoice'] }],
    ['an empty one', { wrapUpCodes: [' '] }],
    ['too long a one', { tags: ['x'.repeat(41)] }],
    ['too many', { tags: Array.from({ length: 101 }, (_, index) => `tag ${index}`) }],
  ])('%s is refused, and nothing is changed', async (_what, labels) => {
    const { olga, ana } = await serving();
    expect(olga.command({ op: 'office.put', ...labels })).toMatchObject({ type: 'refused', code: 'invalid' });
    expect(ana.events('office.changed').at(-1).office.tags).toEqual(['Invoice', 'Delivery']);
  });
});

describe('tags', () => {
  test('are set as a whole, by whoever may read it, told to whoever sees it, and never to the customer', async () => {
    const { office, ana, ben, mei, tag } = await serving();
    expect(tag(['Delivery']).type).toBe('ack');
    expect(tag(['Delivery', 'Invoice'], ben).type).toBe('ack');
    expect([ana, ben].map(({ conversation }) => conversation.tags)).toEqual([
      ['Delivery', 'Invoice'],
      ['Delivery', 'Invoice'],
    ]);
    expect(JSON.stringify(mei.frames)).not.toMatch(/Delivery|Invoice|tags/);
    const again = await (await office.restart()).supervisor();
    expect(again.conversations[0]!.tags).toEqual(['Delivery', 'Invoice']);
  });

  test('must be the office’s, or the conversation’s already', async () => {
    const { olga, ana, tag } = await serving();
    tag(['Invoice']);
    olga.command({ op: 'office.put', tags: ['Delivery'] });
    expect(tag(['Invoice', 'Delivery']).type).toBe('ack');
    tag(['Delivery']);
    expect(tag(['Invoice'])).toMatchObject({ type: 'refused', code: 'unknownTag', field: 'tags' });
    expect(tag(['Delivery', 'Delivery'])).toMatchObject({ type: 'refused', code: 'invalid' });
    expect(ana.conversation.tags).toEqual(['Delivery']);
  });

  test('are set of open conversations only', async () => {
    const { ana, conversationId, tag } = await serving();
    ana.command({ op: 'conversation.close', conversationId });
    expect(tag(['Invoice'])).toMatchObject({ type: 'refused', code: 'unknownConversation' });
  });
});

describe('a wrap-up code', () => {
  test('goes with closing, or closing is refused', async () => {
    const { ana, mei, conversationId } = await serving();
    const close = (wrapUpCode: string) => ana.command({ op: 'conversation.close', conversationId, wrapUpCode });
    expect(close('Sold')).toMatchObject({ type: 'refused', code: 'unknownWrapUpCode', field: 'wrapUpCode' });
    expect(ana.conversation.stage).toBe('active');
    expect(close('Solved').type).toBe('ack');
    expect(mei.conversation.stage).toBe('closed');
    expect(JSON.stringify(mei.frames)).not.toContain('Solved');
  });

  test('of a conversation that is closed no more than once', async () => {
    const { ana, ben, conversationId } = await serving();
    const close = { op: 'conversation.close', conversationId, wrapUpCode: 'Solved' };
    expect(ben.command(close).type).toBe('refused');
    ana.command(close);
    expect(ana.command({ ...close, wrapUpCode: 'Spam' }).type).toBe('refused');
  });
});

test('the history finds by tag and by wrap-up code, on the desk and in the archive, also lines from before there were any', async () => {
  const all = await ArchiveOffice.start();
  const boss = await all.hub.supervisor();
  boss.command({ op: 'office.put', tags: ['Invoice'], wrapUpCodes: ['Solved'] });
  const ana = await all.hub.online('Ana');
  const serve = async (name: string, tags: string[], more: object) => {
    await all.hub.customer(name, { text: 'Hello' });
    const { offerId, conversationId } = ana.conversations.find(({ customerName }) => customerName === name)!;
    ana.command({ op: 'offer.accept', offerId });
    ana.command({ op: 'conversation.tag', conversationId, tags });
    if (more !== null) ana.command({ op: 'conversation.close', conversationId, ...more });
  };
  const find = async (more: object) => {
    const { cid } = ana.post({ op: 'conversation.find', text: '', after: null, length: 20, ...more });
    for (let turn = 0; turn < 1_000 && ana.answer(cid).type === 'none'; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    return historyPage.parse(ana.answer(cid).result).found.map(({ customerName }) => customerName);
  };
  await serve('Amélie', ['Invoice'], { wrapUpCode: 'Solved' });
  await serve('Bo', [], {});
  all.archive(ana);
  await serve('Chen', ['Invoice'], {});
  await serve('Dora', [], { wrapUpCode: 'Solved' });
  expect(await find({})).toEqual(['Dora', 'Chen', 'Bo', 'Amélie']);
  expect(await find({ tag: 'Invoice' })).toEqual(['Chen', 'Amélie']);
  expect(await find({ wrapUpCode: 'Solved' })).toEqual(['Dora', 'Amélie']);
  expect(await find({ tag: 'Invoice', wrapUpCode: 'Solved' })).toEqual(['Amélie']);
  expect(await find({ tag: 'Delivery' })).toEqual([]);
  expect(Object.keys(foundConversation.shape)).toEqual(expect.arrayContaining(['tags', 'wrapUpCode']));
});
