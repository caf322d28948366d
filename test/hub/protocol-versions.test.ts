import { expect, test } from 'vitest';
import { senderOf } from '../../main/hub/fan-out/own-messages';
import { messagesOf } from '../../main/hub/listen/messages-of';
import { type TestClient, TestHub } from '../support/hub';

/** Ana serves Mei; both speak this version. */
async function office(proto: 1 | 2) {
  const hub = await TestHub.start();
  const first = await hub.online('Ana');
  const auth = { kind: 'token', token: first.welcome.token };
  const ana = hub.connect('agent');
  await ana.hello({ role: 'agent', auth, deviceId: first.device, deviceLabel: 'test', proto });
  const mei = await hub.customer('Mei', {}, { proto });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  for (const client of [ana, mei]) client.clear();
  return { hub, auth, ana, mei, conversationId };
}

/** What names a command, in order. */
const named = (client: TestClient) =>
  client.frames.flatMap(({ type, cid, name, message, dup }) => {
    if (type === 'ack') return [`ack ${cid}${dup ? ' dup' : ''}`];
    return name === 'message.added' ? [`event ${cid ?? '-'}, message ${message.cid ?? '-'}`] : [];
  });

test('in version 1 a message comes back to its sender, and then its ack', async () => {
  const { ana, mei, conversationId } = await office(1);
  const { cid: asked } = mei.post({ op: 'message.send', text: 'Hello?' });
  const { cid: said } = ana.post({ op: 'message.send', conversationId, text: 'Hello' });
  expect(named(mei)).toEqual([`event -, message ${asked}`, `ack ${asked}`, 'event -, message -']);
  expect(named(ana)).toEqual(['event -, message -', `event -, message ${said}`, `ack ${said}`]);
});

test('in version 2 it is the ack, with the number of its record, for the device that sent it alone', async () => {
  const { hub, ana, mei, conversationId } = await office(2);
  const tab = await hub.customer('Mei', null, { token: mei.welcome.token, deviceId: 'second' });
  tab.clear();
  const { cid: asked } = mei.post({ op: 'message.send', text: 'Hello?' });
  expect(mei.answer(asked)).toEqual({ type: 'ack', cid: asked, seq: hub.hub.state.seq });
  const { cid: said } = ana.post({ op: 'message.send', conversationId, text: 'Hello' });
  expect(named(mei)).toEqual([`event ${asked}, message ${asked}`, 'event -, message -']);
  expect(named(ana)).toEqual(['event -, message -', `event ${said}, message ${said}`]);
  expect(named(tab)).toEqual(['event -, message -', 'event -, message -']);
});

test('in version 2 an ack comes where there is more to say: a result, a note, more events, a repeat', async () => {
  const { hub, auth, ana, mei, conversationId } = await office(2);
  const { cid: opened } = mei.post({ op: 'conversation.open', text: 'Once more' });
  expect(named(mei)).toEqual([`event -, message ${opened}`, `ack ${opened}`]);
  const { cid: noted } = ana.post({ op: 'note.add', conversationId, text: 'A note' });
  expect(named(ana).slice(-2)).toEqual([`event -, message ${noted}`, `ack ${noted}`]);
  const sent = { op: 'message.send', conversationId, text: 'Hello' };
  const posted = ana.post(sent);
  expect(named(ana).at(-1)).toBe(`event ${posted.cid}, message ${posted.cid}`);
  const { seq } = ana.answer(posted.cid);
  const again = await hub.agentWith(auth, ana.device);
  again.repeat({ ...posted, ...sent });
  expect(again.answer(posted.cid)).toEqual({ type: 'ack', cid: posted.cid, seq, dup: true });
});

test('in version 2 a client that uses a `cid` again, which it must not, is answered all the same', async () => {
  const { ana, conversationId } = await office(2);
  ana.post({ op: 'message.send', conversationId, text: 'Hello' });
  const { cid, n } = ana.post({ op: 'message.send', conversationId, text: 'Hello' });
  ana.clear();
  ana.send({ type: 'command', cid, n: n + 1, op: 'status.set', status: 'busy' });
  expect(named(ana)).toEqual([`ack ${cid}`]);
});

test('an echo is no ack where the ack would carry a result', () => {
  const answer = { kind: 'ack' as const, cid: 'a1' };
  const record = { seq: 7, at: 0, device: 'agent-1/d', n: 1, events: [] };
  expect(senderOf({ ...record, answer }, true)?.echoIsAck).toBe(true);
  expect(senderOf({ ...record, answer })?.echoIsAck).toBe(false);
  expect(senderOf({ ...record, answer: { ...answer, result: {} } }, true)?.echoIsAck).toBe(false);
});

test('the frames of one write are one message in version 2, and one each in version 1', () => {
  const frames = ['{"a":1}', '{"b":"订"}', '{"c":3}'];
  expect(messagesOf(frames, 1)).toEqual(frames);
  expect(messagesOf(frames, 2)).toEqual(['[{"a":1},{"b":"订"},{"c":3}]']);
  expect(messagesOf(frames.slice(0, 1), 2)).toEqual(['{"a":1}']);
  expect(messagesOf([], 2)).toEqual([]);
});

test('a long catch-up is several messages, so that it is read while it comes', () => {
  const frames = Array.from({ length: 500 }, (_, index) => JSON.stringify({ index, text: 'x'.repeat(1_000) }));
  const messages = messagesOf(['{}', JSON.stringify({ text: 'x'.repeat(100_000) }), ...frames], 2);
  expect(messages.length).toBeGreaterThan(8);
  for (const message of messages) expect(message.length).toBeLessThan(101_000);
  expect(messages.flatMap((message) => [JSON.parse(message)].flat()).slice(2)).toEqual(
    frames.map((each) => JSON.parse(each)),
  );
});
