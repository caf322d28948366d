import { expect, test } from 'vitest';
import { type TestClient, TestHub } from '../support/hub';

/** The messages with a `cid` that a client received, each by its last frame. */
const owned = (client: TestClient) =>
  client.messages.flatMap(({ text, cid }) => (cid === undefined ? [] : [[text, cid]]));

async function office() {
  const hub = await TestHub.start();
  const ana = await hub.online('Ana');
  const mei = await hub.customer('Mei', { text: 'Hello' });
  const talk = ana.conversation.conversationId;
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  return { hub, ana, mei, talk };
}

test('a message comes to the device that sent it with the `cid` of its command, and to no other', async () => {
  const { hub, ana, mei, talk } = await office();
  const tab = await hub.customer('Mei', null, { token: mei.welcome.token, deviceId: 'tab-2' });
  const sam = await hub.supervisor();
  sam.command({ op: 'conversation.watch', conversationId: talk });
  const { cid: first } = mei.post({ op: 'message.send', text: 'Twice' });
  const { cid: second } = mei.post({ op: 'message.send', text: 'Twice' });
  const { cid: reply } = ana.post({ op: 'message.send', conversationId: talk, text: 'Yes' });
  const { cid: note } = ana.post({ op: 'note.add', conversationId: talk, text: 'In the back room' });
  const [[hello = []]] = [owned(mei)];
  expect(hello[0]).toBe('Hello');
  expect(owned(mei).slice(1)).toEqual([
    ['Twice', first],
    ['Twice', second],
  ]);
  expect(owned(ana)).toEqual([
    ['Yes', reply],
    ['In the back room', note],
  ]);
  expect([...owned(tab), ...owned(sam)]).toEqual([]);
  expect(tab.said.slice(-3)).toEqual(['Twice', 'Twice', 'Yes']);
  expect(sam.said.slice(-2)).toEqual(['Yes', 'In the back room']);
});

test('a message whose answer was lost comes with its `cid` in the catch-up: resumed, whole, and after a restart', async () => {
  const { hub, ana, mei, talk } = await office();
  const since = { epoch: 1, seq: hub.hub.state.seq };
  const { cid: asked } = mei.post({ op: 'message.send', text: 'Are you there?' });
  const { cid: reply } = ana.post({ op: 'message.send', conversationId: talk, text: 'Yes' });
  for (const from of [since, null]) {
    const page = await mei.back(from);
    expect(page.welcome.mode).toBe(from ? 'resume' : 'snapshot');
    expect(owned(page)).toContainEqual(['Are you there?', asked]);
    const desk = await ana.back(from);
    expect(desk.welcome.mode).toBe(from ? 'resume' : 'snapshot');
    expect(owned(desk)).toEqual([['Yes', reply]]);
  }
  const again = await hub.restart();
  const desk = again.connect('agent');
  const auth = { kind: 'token', token: ana.welcome.token };
  await desk.hello({ role: 'agent', auth, deviceId: ana.device, deviceLabel: 'test', since });
  expect(owned(desk)).toEqual([['Yes', reply]]);
});

test('what is told with a `cid` is recorded without one', async () => {
  const { hub, ana, talk } = await office();
  ana.command({ op: 'message.send', conversationId: talk, text: 'Yes' });
  const held = hub.hub.state.threads.get(talk)?.messages ?? [];
  expect(held.map(({ text }) => text)).toContain('Yes');
  expect(held.filter((message) => 'cid' in message)).toEqual([]);
});
