import { expect, test } from 'vitest';
import { ArchiveOffice } from '../support/archive-office';
import type { TestClient } from '../support/hub';

/** Mei was here twice, and Li once; all of it is in the archive, but Mei's last, if that is `held`. */
async function before({ isHeld = false, isOn = true } = {}) {
  const all = await ArchiveOffice.start();
  const ana = await all.hub.online('Ana');
  const boss = await all.hub.supervisor();
  if (isOn) boss.command({ op: 'office.put', afterwards: { rating: true, past: true } });
  let token: string | null = null;
  const past = async (name: string, text: string) => {
    const client = await all.hub.customer(name, { text }, { token: name === 'Mei' ? token : null });
    if (name === 'Mei') token ??= client.welcome.token;
    const { conversationId, offerId } = ana.conversations.find(({ stage }) => stage === 'offered')!;
    ana.command({ op: 'offer.accept', offerId });
    ana.command({ op: 'note.add', conversationId, text: 'a secret note' });
    ana.command({ op: 'message.send', conversationId, text: `Dear ${name}` });
    all.hub.advance(60_000);
    ana.command({ op: 'conversation.close', conversationId });
    const endedAt = all.hub.clock.now();
    client.leave();
    return { conversationId, endedAt };
  };
  const first = await past('Mei', 'the first time');
  const lis = await past('Li', 'of somebody else');
  all.archive(ana);
  all.hub.advance(24 * 3_600_000);
  ana.command({ op: 'status.set', status: 'online' });
  const second = await past('Mei', 'the second time');
  if (!isHeld) all.archive(ana);
  const mei = await all.hub.customer('Mei', null, { token, deviceId: 'again' });
  const read = async (endedAt: number | null, by: TestClient = mei) => by.asked({ op: 'conversation.past', endedAt });
  return { all, ana, boss, mei, first, lis, second, read };
}

const words = (answer: { result: { messages: { text: string }[] } }) =>
  answer.result.messages.map(({ text }) => text).filter((text) => text !== '');

test.each([false, true])(
  'a customer reads their last conversation, then the one before (the last is held: %s)',
  async (isHeld) => {
    const { all, mei, first, second, read } = await before({ isHeld });
    expect(mei.welcome).toMatchObject({ hasPast: true });
    all.searched.length = 0;
    const last = await read(null);
    expect(last.result).toMatchObject({ conversationId: second.conversationId, earlier: false, next: first.endedAt });
    expect(words(last)).toEqual(['the second time', 'Dear Mei']);
    const one = await read(last.result.next);
    expect(one.result).toMatchObject({ conversationId: first.conversationId, next: null });
    expect(words(one)).toEqual(['the first time', 'Dear Mei']);
    // From the day of each, without a search.
    expect(all.searched).toEqual(isHeld ? ['2026-11-20.jsonl'] : ['2026-11-21.jsonl', '2026-11-20.jsonl']);
  },
);

test('nothing of anybody else, whatever time is asked for, and never a note', async () => {
  const { lis, first, read, mei } = await before();
  for (const at of [lis.endedAt, 0, first.endedAt + 1])
    expect((await read(at)).result).toEqual({ conversationId: null, messages: [], earlier: false, next: null });
  await read(null);
  expect(JSON.stringify(mei.frames)).not.toMatch(/secret|agent-|somebody else/);
});

test('not where the office has it off, as a new one has', async () => {
  const off = await before({ isOn: false });
  expect(off.mei.welcome).not.toHaveProperty('hasPast');
  expect(await off.read(null)).toMatchObject({ type: 'refused', code: 'pastOff' });
});

test('a new customer has none', async () => {
  const { all, read } = await before();
  const bo = await all.hub.customer('Bo', null);
  expect(bo.welcome).not.toHaveProperty('hasPast');
  expect((await read(null, bo)).result).toMatchObject({ conversationId: null });
});

test('not after they were erased, nor while that is under way', async () => {
  const { all, boss, mei, second } = await before();
  const { token, customerId } = mei.welcome;
  const letGo = all.hold();
  const asked = mei.post({ op: 'conversation.past', endedAt: null });
  const erased = boss.asked({ op: 'customer.erase', customerId });
  letGo();
  await erased;
  expect(mei.answer(asked.cid).type).toBe('none');
  const again = await all.hub.customer('Mei', null, { token, deviceId: 'later' });
  expect(again.welcome).not.toHaveProperty('hasPast');
  const found = await again.asked({ op: 'conversation.past', endedAt: second.endedAt });
  expect(found.result).toMatchObject({ conversationId: null, messages: [] });
});
