import { describe, expect, test } from 'vitest';
import { readConversation } from '../../shared/protocol/history';
import { messagePageMax } from '../../shared/protocol/message-page';
import { TestHub } from '../support/hub';
import { unlimited } from '../support/unlimited';

/** Ana serves Mei, who has said a lot. */
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
