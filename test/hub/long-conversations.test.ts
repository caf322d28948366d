import { describe, expect, test } from 'vitest';
import { readConversation } from '../../shared/protocol/history';
import { messagePageMax } from '../../shared/protocol/message-page';
import { ArchiveOffice } from '../support/archive-office';
import { type TestClient, TestHub } from '../support/hub';
import { unlimited } from '../support/unlimited';

/** Ana serves Mei, who has sent many messages. */
async function talkative(count: number, text = 'word') {
  const office = await TestHub.start({ limits: unlimited });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: `${text} 0` });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'note.add', conversationId, text: 'for colleagues' });
  for (let index = 1; index < count; index += 1) mei.command({ op: 'message.send', text: `${text} ${index}` });
  return { office, ana, mei, conversationId };
}

const back = async (office: TestHub, name: string, token: string) =>
  office.agentWith({ kind: 'token', token }, `device-${name}`);

describe('A long conversation', () => {
  test('comes to an agent by pages, the newest first, each message once', async () => {
    const { office, ana, conversationId } = await talkative(250);
    const again = await back(office, 'Ana', ana.welcome.token);
    const [history] = again.events('conversation.history');
    expect([history.messages.length, history.earlier]).toEqual([messagePageMax, true]);
    expect(history.messages.at(-1).text).toBe('word 249');
    const all = [...history.messages];
    for (let earlier = true; earlier; ) {
      const { result } = again.command({ op: 'conversation.earlier', conversationId, before: all[0].messageId });
      all.unshift(...result.messages);
      earlier = result.earlier;
    }
    expect(all.map(({ messageId }) => messageId)).toEqual(ana.messages.map(({ messageId }) => messageId));
    expect(all.filter(({ text }) => text === 'for colleagues')).toHaveLength(1);
  });

  test('comes to its customer by pages, too, without what is for colleagues', async () => {
    const { office, mei } = await talkative(130);
    const again = await office.customer('Mei', null, { token: mei.welcome.token });
    const [history] = again.events('conversation.history');
    expect(history).toMatchObject({ messages: { length: messagePageMax }, earlier: true });
    const { result } = again.command({ op: 'conversation.earlier', before: history.messages[0].messageId });
    expect(result.earlier).toBe(false);
    const texts = [...result.messages, ...history.messages].flatMap(({ text }) => text || []);
    expect(texts).toEqual(Array.from({ length: 130 }, (_, index) => `word ${index}`));
  });

  test('is told further to who holds its messages only', async () => {
    const { office, ana, conversationId } = await talkative(3);
    const ask = { op: 'conversation.earlier', conversationId, before: ana.messages.at(-1)!.messageId };
    const ben = await office.agent('Ben');
    expect(ben.command(ask)).toMatchObject({ type: 'refused', code: 'unknownConversation' });
    ben.command({ op: 'conversation.watch', conversationId });
    expect(ben.command(ask)).toMatchObject({ type: 'ack', result: { earlier: false } });
    expect(ben.command({ ...ask, before: 'nothing' })).toMatchObject({ type: 'refused', code: 'invalid' });
    expect(JSON.stringify(ben.command({ ...ask, before: '0.0' }).result)).toBe('{"messages":[],"earlier":false}');
    const li = await office.customer('Li', null);
    expect(li.command({ op: 'conversation.earlier', before: '9.1' })).toMatchObject({ code: 'conversationClosed' });
  });

  test('is read by pages once it has ended, and noted once', async () => {
    const { office, ana, conversationId } = await talkative(150);
    ana.command({ op: 'conversation.close', conversationId });
    const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
    const read = async (more: object) => {
      const { cid } = boss.post({ op: 'conversation.read', conversationId, endedAt: 1, ...more });
      await new Promise((resolve) => setImmediate(resolve));
      return readConversation.parse(boss.answer(cid).result);
    };
    const newest = await read({});
    expect([newest.messages.length, newest.earlier]).toEqual([messagePageMax, true]);
    const before = await read({ before: newest.messages[0]!.messageId });
    expect([before.messages.length, before.earlier]).toEqual([ana.messages.length - messagePageMax, false]);
    const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 50 })).result;
    expect(entries.filter(({ action }: { action: string }) => action === 'conversation.read')).toHaveLength(1);
  });
});

describe('A conversation longer than what is held of one', () => {
  /** Mei has said a lot; Ana, who began with her, is no more among those who have her. */
  async function long() {
    const all = await ArchiveOffice.start({ ...unlimited, conversationMessagesMax: 9 });
    const { hub: office } = all;
    const ana = await office.online('Ana');
    const mei = await office.customer('Mei', { text: 'the first needle' });
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    const { conversationId } = ana.conversation;
    ana.command({ op: 'message.send', conversationId, text: 'Good day' });
    ana.command({ op: 'note.add', conversationId, text: 'for colleagues' });
    for (let index = 1; index <= 30; index += 1) mei.command({ op: 'message.send', text: `word ${index}` });
    return { all, office, ana, mei, conversationId };
  }

  /** Some answers come after those of later commands. */
  async function later(client: TestClient, body: object) {
    const { cid } = client.post(body);
    for (let turn = 0; turn < 100 && client.answer(cid).type === 'none'; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    return client.answer(cid);
  }

  async function readBack(client: TestClient, more: object = {}) {
    const [history] = client.events('conversation.history');
    const texts: string[] = history.messages.map(({ text }: { text: string }) => text);
    let [first] = history.messages;
    for (let { earlier } = history; earlier; ) {
      const { result } = await later(client, { op: 'conversation.earlier', before: first.messageId, ...more });
      texts.unshift(...result.messages.map(({ text }: { text: string }) => text));
      first = result.messages[0] ?? first;
      earlier = result.earlier;
    }
    return texts.filter((text) => text !== '');
  }

  const words = Array.from({ length: 30 }, (_, index) => `word ${index + 1}`);

  test('is read back to its first word by its agent and its customer, each message once', async () => {
    const { office, ana, mei, conversationId } = await long();
    expect(office.hub.state.threads.get(conversationId)!.messages.length).toBeLessThan(9);
    const agentAgain = await back(office, 'Ana', ana.welcome.token);
    const read = await readBack(agentAgain, { conversationId });
    expect(read).toEqual(['the first needle', 'Good day', 'for colleagues', ...words]);
    const customerAgain = await office.customer('Mei', null, { token: mei.welcome.token });
    expect(await readBack(customerAgain)).toEqual(['the first needle', 'Good day', ...words]);
  });

  test('of which all that is held are notes comes to its customer when they ask for what is before', async () => {
    const { office, ana, mei, conversationId } = await long();
    for (let note = 0; note < 9; note += 1) ana.command({ op: 'note.add', conversationId, text: `note ${note}` });
    const again = await office.customer('Mei', null, { token: mei.welcome.token });
    const [history] = again.events('conversation.history');
    expect(history).toMatchObject({ messages: [], earlier: true });
    const { result } = await later(again, { op: 'conversation.earlier', before: '999999999999999.999999' });
    expect(result.messages.at(-1)).toMatchObject({ text: 'word 30' });
  });

  test('is told to nobody who may not read it any more when its page has been read', async () => {
    const { all, office, ana, conversationId } = await long();
    const letGo = all.hold();
    const { messageId } = office.hub.state.threads.get(conversationId)!.messages[0]!;
    const { cid } = ana.post({ op: 'conversation.earlier', conversationId, before: messageId });
    await new Promise((resolve) => setImmediate(resolve));
    ana.command({ op: 'conversation.close', conversationId });
    letGo();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ana.answer(cid)).toMatchObject({ type: 'refused', code: 'unknownConversation' });
  });

  test('is found by its first words and by who wrote then, while it is open and when it has ended', async () => {
    const { all, office, ana, conversationId } = await long();
    const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
    const find = (body: object) => later(boss, { op: 'conversation.find', text: '', after: null, length: 5, ...body });
    const { agentId } = ana.welcome;
    const expectFound = async () => {
      for (const body of [{ text: 'needle' }, { text: 'needle "30"'.replaceAll('"', '') }, { agentId }]) {
        const { found } = (await find(body)).result;
        expect(found).toMatchObject([{ conversationId, agentNames: ['Ana'] }]);
      }
      const [{ excerpt }] = (await find({ text: 'needle' })).result.found;
      expect(excerpt).toBe('the first needle');
      expect((await find({ text: 'needle nowhere' })).result.found).toEqual([]);
    };
    await expectFound();
    const endedAt = office.clock.now();
    ana.command({ op: 'conversation.close', conversationId });
    all.archive(ana);
    expect(office.hub.state.threads.get(conversationId)).toBeUndefined();
    await expectFound();
    let page = readConversation.parse((await later(boss, { op: 'conversation.read', conversationId, endedAt })).result);
    const texts = page.messages.map(({ text }) => text);
    while (page.earlier) {
      const before = page.messages[0]!.messageId;
      const { result } = await later(boss, { op: 'conversation.read', conversationId, endedAt, before });
      page = readConversation.parse(result);
      texts.unshift(...page.messages.map(({ text }) => text));
    }
    expect(texts.filter((text) => text !== '')).toEqual(['the first needle', 'Good day', 'for colleagues', ...words]);
    // Who wrote in it may read it again: its first messages say so.
    expect((await later(ana, { op: 'conversation.read', conversationId, endedAt })).type).toBe('ack');
  });

  test('that is erased while its page is read is told to nobody', async () => {
    const { all, office, mei } = await long();
    const again = await office.customer('Mei', null, { token: mei.welcome.token });
    const letGo = all.hold();
    const [history] = again.events('conversation.history');
    again.post({ op: 'conversation.earlier', before: history.messages[0].messageId });
    await new Promise((resolve) => setImmediate(resolve));
    const boss = await office.supervisor();
    boss.post({ op: 'customer.erase', customerId: mei.welcome.customerId });
    letGo();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(JSON.stringify(again.frames)).not.toContain('the first needle');
    expect(all.disk.paths().filter((path) => path.startsWith('/data/pages/'))).toEqual([]);
  });
});

describe('A slow line', () => {
  /** Takes nothing of what it is sent. */
  const stall = (client: { buffered: number; frames: unknown[] }) =>
    Object.defineProperty(client, 'buffered', { get: () => JSON.stringify(client.frames).length });

  test('gets all there is to tell at first, however much, and is cut off for what comes after', async () => {
    const { office, ana, mei, conversationId } = await talkative(40, 'x'.repeat(2_000));
    const limits = { ...office.limits, bufferedBytesMax: 30_000 };
    const small = await TestHub.start({ disk: office.store.disk, clock: office.clock, limits, seed: 7 });
    const again = small.connect('agent');
    stall(again);
    const auth = { kind: 'token', token: ana.welcome.token };
    await again.hello({ role: 'agent', auth, deviceId: 'device-Ana', deviceLabel: 'test' });
    expect(again.buffered).toBeGreaterThan(limits.bufferedBytesMax);
    expect(again.frames.at(-1).type).toBe('caughtUp');
    expect(again.closed).toBe(null);
    const tab = await small.customer('Mei', null, { token: mei.welcome.token });
    for (let index = 0; index < 40 && again.closed === null; index += 1)
      tab.command({ op: 'message.send', text: 'y'.repeat(2_000) });
    expect(again.closed).toBe('tooSlow');
    expect(conversationId).toBe(tab.conversation.conversationId);
  });

  test('that has taken all of it has no such leave any more', async () => {
    const { office, ana, mei } = await talkative(40, 'x'.repeat(2_000));
    const { bufferedBytesMax } = office.limits;
    const again = office.connect('agent');
    again.buffered = bufferedBytesMax + 1;
    const auth = { kind: 'token', token: ana.welcome.token };
    await again.hello({ role: 'agent', auth, deviceId: 'device-Ana', deviceLabel: 'test' });
    const saysWhile = (buffered: number) => {
      again.buffered = buffered;
      mei.command({ op: 'message.send', text: 'more' });
      return again.closed;
    };
    expect(saysWhile(bufferedBytesMax + 1)).toBe(null);
    expect(saysWhile(0)).toBe(null);
    expect(saysWhile(bufferedBytesMax + 1)).toBe('tooSlow');
  });
});
