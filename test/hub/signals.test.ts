import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Ana serves Mei; Ben is of the same group, Olga supervises, Li waits. */
async function serving() {
  const office = await TestHub.start();
  const olga = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana', { capacity: 1 });
  const mei = await office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const ben = await office.agent('Ben');
  const li = await office.customer('Li', { text: 'Hi' });
  const { conversationId } = ana.conversation;
  const meis = (agent: typeof ana) => agent.conversations.find((each) => each.conversationId === conversationId)!;
  const heard = (...clients: (typeof ana)[]) =>
    clients.map(({ frames }) => frames.filter(({ type }) => type === 'typing').length);
  return { office, olga, ana, ben, mei, li, conversationId, meis, heard };
}

test('a customer’s typing is told to whoever reads along, and nobody else', async () => {
  const { olga, ana, ben, mei, li, conversationId, heard } = await serving();
  mei.send({ type: 'typing', on: true });
  expect(ana.frames.at(-1)).toEqual({ type: 'typing', conversationId, on: true });
  expect(heard(ana, olga, ben, mei, li)).toEqual([1, 0, 0, 0, 0]);
  olga.command({ op: 'conversation.watch', conversationId });
  mei.send({ type: 'typing', on: false });
  expect(heard(ana, olga, ben, mei, li)).toEqual([2, 1, 0, 0, 0]);
  // A waiting conversation has no agent yet.
  li.send({ type: 'typing', on: true });
  expect(heard(ana, olga, ben)).toEqual([2, 1, 0]);
});

test('an agent’s typing is told to the customer they serve, and by nobody else', async () => {
  const { olga, ana, ben, mei, li, conversationId, heard } = await serving();
  ana.send({ type: 'typing', conversationId, on: true });
  expect(mei.frames.at(-1)).toEqual({ type: 'typing', on: true });
  for (const other of [ben, olga]) other.send({ type: 'typing', conversationId, on: true });
  ana.send({ type: 'typing', conversationId: li.conversation.conversationId, on: true });
  ana.send({ type: 'typing', conversationId: 'nothing', on: true });
  expect(heard(mei, li, ana, ben)).toEqual([1, 0, 0, 0]);
  ana.command({ op: 'conversation.close', conversationId });
  ana.send({ type: 'typing', conversationId, on: true });
  expect(heard(mei)).toEqual([1]);
});

test('signals wait for nobody: none for a slow line, none in a record, and they count as frames', async () => {
  const { office, ana, mei, heard } = await serving();
  const { seq } = office.hub.state;
  ana.buffered = 100_000;
  mei.send({ type: 'typing', on: true });
  ana.buffered = 0;
  expect(heard(ana)).toEqual([0]);
  expect(office.hub.state.seq).toBe(seq);
  for (let count = 0; count < 1_000 && mei.closed === null; count += 1) mei.send({ type: 'typing', on: true });
  expect(mei.closed).toBe('tooManyFrames');
});

test('how far each side has read is in the other’s view, moves forward only, and is kept over a new line', async () => {
  const { office, ana, ben, mei, conversationId, meis } = await serving();
  ana.command({ op: 'message.send', conversationId, text: 'One' });
  ana.command({ op: 'message.send', conversationId, text: 'Two' });
  ana.command({ op: 'message.send', conversationId, text: 'Three' });
  const [one, two, three] = ana.messages.slice(-3).map(({ messageId }) => messageId);
  expect(meis(ana).seenByCustomer).toBeNull();
  mei.send({ type: 'seen', messageId: two });
  mei.send({ type: 'seen', messageId: one });
  mei.send({ type: 'seen', messageId: '9999.0' });
  expect([meis(ana), meis(ben)].map((each) => each.seenByCustomer)).toEqual([two, two]);

  expect(mei.conversation.seenByAgent).toBeNull();
  ben.send({ type: 'seen', conversationId, messageId: two });
  expect(mei.conversation.seenByAgent).toBeNull();
  ana.send({ type: 'seen', conversationId, messageId: two });
  expect(mei.conversation.seenByAgent).toBe(two);

  // Of Ben's coming and going no record tells anything of the conversation.
  const { epoch, token } = ben.welcome;
  ben.leave();
  const since = { epoch, seq: office.hub.state.seq };
  mei.send({ type: 'seen', messageId: three });
  const back = office.connect('agent');
  const auth = { kind: 'token', token };
  await back.hello({ role: 'agent', auth, deviceId: 'device-Ben', deviceLabel: 'test', since });
  expect(back.welcome.mode).toBe('resume');
  expect(meis(back).seenByCustomer).toBe(three);
});

test('before hello they end the line', async () => {
  const { office } = await serving();
  for (const role of ['agent', 'customer'] as const) {
    const stranger = office.connect(role);
    stranger.send(role === 'agent' ? { type: 'typing', conversationId: 'c', on: true } : { type: 'typing', on: true });
    expect(stranger.closed).toBe('badFrame');
  }
});

test('the page that a customer is on is told with their next conversation or message, never before, and the last one counts', async () => {
  const { office, ana, mei, meis } = await serving();
  const page = (name: string) => ({ title: name, url: `https://shop.example/${name}` });
  const { seq } = office.hub.state;
  ana.clear();
  for (const name of ['lamps', 'bulbs', 'chairs'])
    mei.send({ type: 'page', page: { ...page(name), url: `${page(name).url}?token=secret#top` } });
  // A signal: no record, and nobody is told.
  expect([office.hub.state.seq, ana.frames]).toEqual([seq, []]);
  mei.command({ op: 'message.send', text: 'This one' });
  office.advance(office.limits.summaryEveryMs);
  expect(meis(ana).profile.page).toEqual(page('chairs'));
  expect(JSON.stringify(ana.frames)).not.toMatch(/secret|bulbs/);
  // It is kept for who comes later, over a restart too.
  const next = await office.restart();
  const olga = await next.supervisor();
  expect(olga.conversations.find(({ customerName }) => customerName === 'Mei')?.profile.page).toEqual(page('chairs'));
});

test('a page told before hello, or by an agent, ends the line', async () => {
  const { office, ana } = await serving();
  const early = office.connect('customer');
  early.send({ type: 'page', page: { title: '', url: 'https://shop.example/' } });
  ana.send({ type: 'page', page: { title: '', url: 'https://shop.example/' } });
  expect([early.closed, ana.closed]).toEqual(['badFrame', 'badFrame']);
});
