import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { historyPage, readConversation } from '../../shared/protocol/history';
import { ArchiveOffice } from '../support/archive-office';
import { type TestClient, TestHub } from '../support/hub';
import { unlimited } from '../support/unlimited';

// biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
type Any = any;

const ask = (client: TestClient, body: object) => client.asked(body);

const find = (client: TestClient, text: string, more: object = {}) =>
  ask(client, { op: 'conversation.find', text, after: null, length: 20, ...more });

async function names(client: TestClient, text: string, more: object = {}): Promise<string[]> {
  const { found } = historyPage.parse((await find(client, text, more)).result);
  return found.map(({ customerName }) => customerName);
}

const dayMs = 24 * 60 * 60_000;
async function office(limits = {}) {
  const all = await ArchiveOffice.start(limits);
  const ana = await all.hub.online('Ana');
  return { all, ana };
}

/** A needle in the first of three archived days, of which a search takes one at a time. */
async function threeDays() {
  const { all, ana } = await office({ searchBytesMax: 1 });
  await all.past(ana, 'Mei', 'needle');
  all.archive(ana);
  for (const name of ['Li', 'Bo']) {
    all.hub.advance(dayMs);
    ana.command({ op: 'status.set', status: 'online' });
    await all.past(ana, name, 'hay');
    all.archive(ana);
  }
  return { all, ana };
}

describe('finding', () => {
  test('open, ended and archived conversations by name, message and note; newest first', async () => {
    const { all, ana } = await office();
    await all.past(ana, 'Amélie', 'Where is my parcel?');
    all.archive(ana);
    await all.past(ana, '王芳', '我的发票在哪里？');
    await all.hub.customer('Jonas', { text: 'A parcel, please' });
    expect(await names(ana, '')).toEqual(['Jonas', '王芳', 'Amélie']);
    expect(await names(ana, 'PARCEL')).toEqual(['Jonas', 'Amélie']);
    expect(await names(ana, 'amelie ｐａｒｃｅｌ')).toEqual(['Amélie']);
    expect(await names(ana, '发票')).toEqual(['王芳']);
    expect(await names(ana, 'parcel', { stage: 'ended' })).toEqual(['Amélie']);
    expect(await names(ana, 'parcel', { stage: 'open' })).toEqual(['Jonas']);
    expect(await names(ana, 'nowhere')).toEqual([]);
    const { found } = (await find(ana, '发票')).result;
    expect(found[0]).toMatchObject({ excerpt: '我的发票在哪里？', agentNames: ['Ana'], endedBy: 'agent' });
  });

  test('what one customer has written is looked through in slices, with others in between', async () => {
    const { all, ana } = await office(unlimited);
    const eve = await all.hub.customer('Eve', { text: 'first' });
    for (let sent = 0; sent < 40; sent += 1) eve.command({ op: 'message.send', text: 'x'.repeat(4_000) });
    const { cid } = ana.post({ op: 'conversation.find', text: 'nowhere', after: null, length: 20 });
    let turns = 0;
    while (ana.answer(cid).type === 'none') {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  test('a Chinese name also by its pinyin, whole or its initials, with other words beside it', async () => {
    const { all, ana } = await office();
    await all.past(ana, '单田芳', '我的发票在哪里？');
    await all.past(ana, 'Wang', 'shan');
    for (const text of ['shantianfang', 'dan', 'stf', 'tianf', 'TianFang 发票'])
      expect(await names(ana, text)).toEqual(['单田芳']);
    expect(await names(ana, 'shan')).toEqual(['Wang', '单田芳']);
    // Only names: what was said is full of words that these letters might be.
    for (const text of ['fapiao', 'sft', 'tianfang wang']) expect(await names(ana, text)).toEqual([]);
  });

  test('by customer, agent, group and when it ended', async () => {
    const { all, ana } = await office();
    const startedAt = all.hub.clock.now();
    await all.past(ana, 'Mei', 'one');
    all.archive(ana);
    all.hub.advance(3 * dayMs);
    ana.command({ op: 'status.set', status: 'online' });
    await all.past(ana, 'Li', 'two');
    all.archive(ana);
    const { found } = (await find(ana, 'one')).result;
    expect(await names(ana, '', { customerId: found[0].customerId })).toEqual(['Mei']);
    expect(await names(ana, '', { agentId: ana.welcome.agentId })).toEqual(['Li', 'Mei']);
    expect(await names(ana, '', { agentId: 'agent-none' })).toEqual([]);
    expect(await names(ana, '', { groupId: all.hub.groupId })).toEqual(['Li', 'Mei']);
    all.searched.length = 0;
    expect(await names(ana, '', { from: startedAt + dayMs })).toEqual(['Li']);
    expect(await names(ana, '', { before: startedAt + dayMs })).toEqual(['Mei']);
    // Other days are not even read.
    expect(all.searched).toEqual(['2026-11-23.jsonl', '2026-11-20.jsonl']);
  });

  test('pages neither repeat nor leave out what there was, while conversations begin and end', async () => {
    const { all, ana } = await office();
    for (const name of ['Past 1', 'Past 2', 'Past 3']) await all.past(ana, name, 'x');
    all.archive(ana);
    for (const name of ['Open 1', 'Open 2', 'Open 3']) {
      all.hub.advance(10);
      await all.hub.customer(name, { text: 'x' });
    }
    const seen: string[] = [];
    let after: Any = null;
    do {
      const page = historyPage.parse((await find(ana, '', { after, length: 1 })).result);
      seen.push(...page.found.map(({ customerName }) => customerName));
      after = page.next;
      // At the same moment, with the clock standing still, and later.
      if (seen.length === 2)
        for (const each of [...ana.conversations].reverse()) {
          if (each.offerId) ana.command({ op: 'offer.accept', offerId: each.offerId });
          ana.command({ op: 'conversation.close', conversationId: each.conversationId });
          if (each.customerName !== 'New 1') all.hub.advance(1);
        }
      await all.hub.customer(`New ${seen.length}`, { text: 'x' });
    } while (after);
    expect(seen.filter((name) => !name.startsWith('New'))).toEqual([
      ...['Open 3', 'Open 2', 'Open 1'],
      ...['Past 3', 'Past 2', 'Past 1'],
    ]);
  });

  test('so much of the archive at once; the next page goes on from there', async () => {
    const { all, ana } = await threeDays();
    all.searched.length = 0;
    const pages: string[][] = [];
    let after: Any = null;
    do {
      // Too short for a day's index to rule it out.
      const { result } = await find(ana, 'ne', { after });
      pages.push(result.found.map((each: Any) => each.customerName));
      after = result.next;
    } while (after);
    expect(pages).toEqual([[], [], ['Mei']]);
    expect(all.searched).toEqual(['2026-11-22.jsonl', '2026-11-21.jsonl', '2026-11-20.jsonl']);
  });

  test('days that an index rules out count for nothing', async () => {
    const { ana } = await threeDays();
    // Of the day before yesterday and older: yesterday is indexed tonight.
    const { result } = await find(ana, 'needle');
    expect(result.found).toEqual([]);
    const next = await find(ana, 'needle', { after: result.next });
    expect(next.result.found.map((each: Any) => each.customerName)).toEqual(['Mei']);
  });

  test('passes damaged lines by', async () => {
    const { all, ana } = await office();
    await all.past(ana, 'Mei', 'one');
    await all.past(ana, 'Li', 'two');
    all.archive(ana);
    const file = all.disk.open('/data/archive/2026-11-20.jsonl', 'append');
    const junk = ['{"conversationId":"c9","closedAt":1,"messages":[{"text":7}]}', '{"half', '\0\0\0', 'null', ''];
    const bytes = Buffer.from(junk.join('\n'));
    all.disk.write(file, bytes, 0);
    all.disk.close(file);
    expect(await names(ana, '')).toEqual(['Li', 'Mei']);
  });

  test('four at once on a line; what it waited for is given up when it ends', async () => {
    const { all, ana } = await office();
    for (const name of ['Mei', 'Li']) {
      await all.past(ana, name, 'x');
      all.archive(ana);
      all.hub.advance(dayMs);
      ana.command({ op: 'status.set', status: 'online' });
    }
    const letGo = all.hold();
    all.searched.length = 0;
    const sent = [1, 2, 3, 4].map(() => ana.post({ op: 'conversation.find', text: 'x', after: null, length: 9 }).cid);
    expect(await find(ana, 'x')).toMatchObject({ type: 'refused', code: 'tooManySearches' });
    ana.leave();
    letGo();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(sent.map((cid) => ana.answer(cid).type)).toEqual(sent.map(() => 'none'));
    // The second day of each was not searched any more.
    expect(new Set(all.searched).size).toBe(1);
  });
});

describe('rights', () => {
  test('an agent finds and reads their groups’ and their own; a supervisor all; reading others’ is noted each time', async () => {
    const { all, ana } = await office();
    const conversationId = await all.past(ana, 'Mei', 'secret words');
    all.archive(ana);
    const ben = await all.hub.agent('Ben');
    const boss = await all.hub.agent('Olga', { role: 'supervisor', groups: [] });
    const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
    const eve = await all.hub.agent('Eve', { groups: [{ groupId, priority: 1 }] });
    const agents = [ana, ben, boss, eve];
    const seen = [];
    for (const each of agents) seen.push(await names(each, 'secret'));
    expect(seen).toEqual([['Mei'], ['Mei'], ['Mei'], []]);
    const { endedAt } = (await find(ana, 'secret')).result.found[0];
    const read = (each: TestClient) => ask(each, { op: 'conversation.read', conversationId, endedAt });
    expect(await read(eve)).toMatchObject({ type: 'refused', code: 'notAllowed' });
    const answers = [await read(ana), await read(ben), await read(ben), await read(boss)];
    for (const { result } of answers)
      expect(readConversation.parse(result).messages.map(({ text }) => text)).toContain('secret words');
    expect(JSON.stringify(eve.frames)).not.toContain('secret');
    const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 50 })).result;
    const noted = entries.filter(({ action }: Any) => action === 'conversation.read');
    expect(noted.map(({ by, subject, count }: Any) => [by.name, subject, count])).toEqual([
      ['Olga', conversationId, undefined],
      ['Ben', conversationId, 2],
    ]);
    const shown = entries.filter(({ action }: Any) => action === 'conversation.find');
    expect(shown.map(({ by, conversationIds }: Any) => [by.name, conversationIds])).toEqual([
      ['Olga', [conversationId]],
      ['Ben', [conversationId]],
    ]);
    expect(entries.find(({ action }: Any) => action === 'right.refused')).toMatchObject({ by: { name: 'Eve' } });
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  test('nobody is shown words of others before that it is noted is on disk, and a list without words notes nothing', async () => {
    const test = await TestHub.start();
    const ana = await test.online('Ana');
    const mei = await test.customer('Mei', { text: 'secret words' });
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    const ben = await test.agent('Ben');
    const noted = () => test.hub.state.audit.page(null, 100).map(({ action }) => action);
    await names(ben, '');
    await names(ana, 'secret');
    mei.command({ op: 'message.send', text: 'more' });
    expect(noted()).not.toContain('conversation.find');
    test.flushing = 'hand';
    const { cid } = ben.post({ op: 'conversation.find', text: 'secret', after: null, length: 9 });
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(noted()).toContain('conversation.find');
    expect(ben.answer(cid).type).toBe('none');
    test.flush();
    expect(ben.answer(cid).result.found[0].excerpt).toContain('secret');
  });

  test('who moves to another group still has their own, and loses their colleagues’', async () => {
    const { all, ana } = await office();
    await all.past(ana, 'Mei', 'served by Ana');
    ana.command({ op: 'status.set', status: 'offline' });
    const ben = await all.hub.online('Ben');
    await all.past(ben, 'Li', 'served by Ben');
    all.archive(ben);
    const boss = await all.hub.agent('Olga', { role: 'supervisor', groups: [] });
    const { agentId } = ana.welcome;
    boss.command({ op: 'agent.put', agentId, name: 'Ana', role: 'agent', capacity: 5, groups: [] });
    expect(await names(ana, 'served')).toEqual(['Mei']);
    expect(await find(ana, '', { groupId: all.hub.groupId })).toMatchObject({ code: 'notAllowed' });
  });

  test('who is erased while a search runs is not told of', async () => {
    const { all, ana } = await office();
    await all.past(ana, 'Mei', 'words');
    all.archive(ana);
    const { customerId } = (await find(ana, 'words')).result.found[0];
    const letGo = all.hold();
    const { cid } = ana.post({ op: 'conversation.find', text: 'words', after: null, length: 9 });
    await new Promise((resolve) => setImmediate(resolve));
    // The file has been read by now, but no answer has been sent.
    all.hub.hub.step((step) => step.add({ type: 'customer.erased', customerId, attachmentIds: [] }));
    letGo();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ana.answer(cid).result.found).toEqual([]);
  });

  test('what is not there is refused with what to do', async () => {
    const { ana } = await office();
    const answer = await ask(ana, { op: 'conversation.read', conversationId: 'conversation-x', endedAt: 5 });
    expect(answer).toMatchObject({ type: 'refused', code: 'unknownConversation', field: 'conversationId' });
  });
});

test('a customer is found by their mail and their phone number, however it is written, in the state and the archive', async () => {
  const office = await ArchiveOffice.start();
  const ana = await office.hub.online('Ana');
  const mei = await office.hub.customer('Mei', { text: 'Where is my parcel?', contact: '+351 912 345 678' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const li = await office.hub.customer('Li', { text: 'Good day', contact: 'li@example.com' });
  for (const ended of [false, true]) {
    if (ended) {
      ana.command({ op: 'conversation.close', conversationId });
      li.command({ op: 'conversation.leave' });
      office.archive(ana);
      expect(office.hub.hub.state.threads.size).toBe(0);
    }
    for (const text of ['912 345 678', '+351912345678', '00351 912-345-678', '(0)912 345 678', '345 678', '912'])
      expect([text, await names(ana, text)]).toEqual([text, ['Mei']]);
    expect(await names(ana, 'li@example')).toEqual(['Li']);
    expect(await names(ana, '912 345 679')).toEqual([]);
  }
  const [found] = (await ask(ana, { op: 'conversation.find', text: '912 345 678', after: null, length: 5 })).result
    .found;
  expect(found.excerpt).toBeNull();
  mei.leave();
});

test('what was said with a signed customer is found when they come on another browser', async () => {
  const all = await ArchiveOffice.start();
  const office = all.hub;
  const sam = await office.supervisor();
  const { secret } = sam.command({ op: 'identitySecret.make' }).result;
  const identity = () => {
    const parts = { id: 'c-17', name: 'Mei Chen', contact: 'mei@example.com', issuedAt: office.clock.now() };
    const text = ['foyer.v1', parts.id, parts.name, parts.contact, parts.issuedAt].join('\n');
    return { ...parts, signature: createHmac('sha256', secret).update(text).digest('hex') };
  };
  const ana = await office.online('Ana');
  const first = await office.customer('', null, { deviceId: 'laptop', identity: identity() });
  first.command({ op: 'conversation.open', text: 'Where is my lamp?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'On its way' });
  first.command({ op: 'conversation.leave' });
  first.leave();
  const { customerId } = first.welcome;
  all.archive(ana);
  const phone = await office.customer('', null, { deviceId: 'phone', identity: identity() });
  expect(phone.welcome).toMatchObject({ identity: 'signed', customerId, customerName: 'Mei Chen' });
  phone.command({ op: 'conversation.open', text: 'Me again' });
  const { found } = historyPage.parse((await find(ana, '', { customerId })).result);
  expect(found.map(({ preview, endedBy }) => [preview, endedBy])).toEqual([
    ['Me again', null],
    ['Where is my lamp?', 'customer'],
  ]);
});
