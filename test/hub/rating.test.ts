import { describe, expect, test } from 'vitest';
import { ArchiveOffice } from '../support/archive-office';
import { type TestClient, TestHub } from '../support/hub';

const hourMs = 3_600_000;
const halfDayMs = 12 * hourMs;

/** Ana has served Mei and closed it. */
async function ended() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Where is my parcel?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'On its way.' });
  ana.command({ op: 'conversation.close', conversationId });
  const rate = (score: number, comment = '', by: TestClient = mei) =>
    by.command({ op: 'conversation.rate', conversationId, score, comment });
  return { office, ana, mei, conversationId, rate, endedAt: office.clock.now() };
}

async function erase(office: TestHub, customerId: string) {
  const boss = await office.supervisor();
  await boss.asked({ op: 'customer.erase', customerId });
}

describe('a rating', () => {
  test('is taken once it has ended, told to both sides and its other tab, and kept over a restart', async () => {
    const { office, ana, mei, conversationId, rate, endedAt } = await ended();
    const tab = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
    expect(mei.conversation).toMatchObject({ stage: 'closed', rateUntil: endedAt + halfDayMs });
    expect(mei.conversation).not.toHaveProperty('rating');
    office.advance(1_000);
    expect(rate(4, '  Quick and friendly ').result).toEqual({ rateUntil: endedAt + halfDayMs });
    const said = { score: 4, comment: 'Quick and friendly' };
    for (const each of [mei, tab])
      expect(each.conversation).toMatchObject({ rating: said, rateUntil: endedAt + halfDayMs });
    const rating = { ...said, at: office.clock.now() };
    expect(ana.events('conversation.rated')).toMatchObject([{ conversationId, rating }]);
    const next = await office.restart();
    const again = await next.customer('Mei', null, { token: mei.welcome.token });
    expect(again.conversation).toMatchObject({ rating: said, rateUntil: endedAt + halfDayMs });
  });

  test('may be changed once, and then stays', async () => {
    const { ana, mei, rate } = await ended();
    rate(1, 'Hm');
    expect(rate(5).result).toEqual({ rateUntil: null });
    expect(mei.conversation).toMatchObject({ rating: { score: 5, comment: '' } });
    expect(mei.conversation).not.toHaveProperty('rateUntil');
    expect(rate(2)).toMatchObject({ type: 'refused', code: 'ratedAlready' });
    expect(ana.events('conversation.rated').map(({ rating }) => rating.score)).toEqual([1, 5]);
  });

  test.each([0, 6, 2.5, '5'])('is 1 to 5: %s is refused', async (score) => {
    const { rate } = await ended();
    expect(rate(score as number)).toMatchObject({ type: 'refused', code: 'invalid' });
    expect(rate(3, 'x'.repeat(1_001))).toMatchObject({ type: 'refused', code: 'invalid' });
  });

  test('is taken for twelve hours, and not a moment longer', async () => {
    const { office, mei, rate } = await ended();
    const { token } = mei.welcome;
    const line = async () => office.customer('Mei', null, { token, deviceId: `at ${office.clock.now()}` });
    office.advance(halfDayMs - 1);
    expect(rate(2, '', await line()).type).toBe('ack');
    office.advance(1);
    expect(rate(3, '', await line())).toMatchObject({ type: 'refused', code: 'ratingLate' });
  });

  test('is of what has ended, of one’s own, and of what somebody has answered', async () => {
    const { office, ana, mei, conversationId, rate } = await ended();
    const li = await office.customer('Li', { text: 'Hello' });
    expect(rate(1, 'mine?', li)).toMatchObject({ type: 'refused', code: 'unknownConversation' });
    const open = { op: 'conversation.rate', conversationId: li.conversation.conversationId, score: 1, comment: '' };
    expect(li.command(open)).toMatchObject({ code: 'unknownConversation' });
    li.command({ op: 'conversation.leave' });
    expect(li.conversation).not.toHaveProperty('rateUntil');
    expect(li.command(open)).toMatchObject({ code: 'unknownConversation' });
    mei.command({ op: 'conversation.reopen' });
    expect(mei.conversation).not.toHaveProperty('rateUntil');
    expect(rate(1)).toMatchObject({ code: 'unknownConversation' });
    ana.command({ op: 'offer.accept', offerId: ana.conversations.find((each) => each.offerId)!.offerId });
    ana.command({ op: 'conversation.close', conversationId });
    expect(rate(1).type).toBe('ack');
  });

  test('goes on counting when the conversation is taken up again', async () => {
    const { mei, rate } = await ended();
    rate(2);
    mei.command({ op: 'conversation.reopen' });
    expect(mei.conversation).not.toHaveProperty('rating');
    mei.command({ op: 'conversation.leave' });
    expect(mei.conversation).toMatchObject({ rating: { score: 2 } });
    expect(rate(3).result).toEqual({ rateUntil: null });
    expect(rate(4)).toMatchObject({ code: 'ratedAlready' });
  });

  test('is not asked for while the office has it off, and customers are told at once', async () => {
    const { office, mei, rate } = await ended();
    const boss = await office.supervisor();
    boss.command({ op: 'office.put', afterwards: { rating: false } });
    expect(mei.conversation).not.toHaveProperty('rateUntil');
    expect(rate(5)).toMatchObject({ type: 'refused', code: 'ratingOff' });
    boss.command({ op: 'office.put', name: 'Nordlys' });
    expect(boss.events('office.changed').at(-1).office.afterwards).toEqual({ rating: false });
    boss.command({ op: 'office.put', afterwards: { rating: true } });
    expect(mei.conversation).toHaveProperty('rateUntil');
  });

  test('is gone with its customer', async () => {
    const { office, mei, rate } = await ended();
    rate(1, 'a secret');
    await erase(office, mei.welcome.customerId);
    const { customers, threads } = office.hub.state;
    expect(JSON.stringify([customers.save(), threads.save()])).not.toContain('a secret');
  });
});

describe('in the history', () => {
  /** Three that ended, of which two are rated: Mei’s at once, Li’s once it is in the archive. */
  async function rated() {
    const all = await ArchiveOffice.start();
    const ana = await all.hub.online('Ana');
    const past = async (name: string, score: number | null) => {
      all.hub.advance(10);
      const customer = await all.hub.customer(name, { text: `Hello from ${name}` });
      const { conversationId, offerId } = ana.conversations.find(({ stage }) => stage === 'offered')!;
      ana.command({ op: 'offer.accept', offerId });
      ana.command({ op: 'conversation.close', conversationId });
      const rate = (points: number, comment: string) =>
        customer.command({ op: 'conversation.rate', conversationId, score: points, comment });
      if (score !== null) rate(score, 'at once');
      return { customer, conversationId, rate };
    };
    const mei = await past('Mei', 2);
    const li = await past('Li', null);
    const endedAt = all.hub.clock.now();
    await past('Bo', null);
    all.archive(ana);
    const find = async (more: object = {}) => {
      const { found } = (await ana.asked({ op: 'conversation.find', text: '', after: null, length: 20, ...more }))
        .result;
      return found.map(({ customerName, rating }: { customerName: string; rating?: { score: number } }) =>
        [customerName, rating?.score].filter((each) => each !== undefined).join(' '),
      );
    };
    return { all, ana, mei, li, endedAt, find };
  }

  test('ratings are shown and found, those that came late too, and changed ones', async () => {
    const { all, ana, mei, li, endedAt, find } = await rated();
    expect(all.hub.hub.state.threads.get(li.conversationId)).toBeUndefined();
    expect(await find()).toEqual(['Bo', 'Li', 'Mei 2']);
    expect(li.rate(5, 'late').result).toEqual({ rateUntil: expect.any(Number) });
    expect(mei.rate(3, 'rather').type).toBe('ack');
    expect(await find()).toEqual(['Bo', 'Li 5', 'Mei 3']);
    expect(await find({ scoreMax: 3 })).toEqual(['Mei 3']);
    expect(await find({ scoreMax: 5 })).toEqual(['Li 5', 'Mei 3']);
    const { result } = await ana.asked({ op: 'conversation.read', conversationId: li.conversationId, endedAt });
    expect(result.conversation.rating).toMatchObject({ score: 5, comment: 'late' });
    expect(result.messages.map((each: { text: string }) => each.text)).toContain('Hello from Li');
  });

  test('a late one goes with its customer, from every file', async () => {
    const { all, li, find } = await rated();
    li.rate(4, 'a late secret');
    expect(await find()).toContain('Li 4');
    await erase(all.hub, li.customer.welcome.customerId);
    const files = all.disk.paths().map((path) => String(all.disk.peek(path)));
    expect(files.join()).not.toContain('a late secret');
  });
});
