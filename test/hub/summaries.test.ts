import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { type TestClient, TestHub } from '../support/hub';

const everyMs = defaultLimits.summaryEveryMs;

/** Ana serves Mei; Ben is of the same group and does not get her messages. */
async function twoAgents(automatic = false) {
  const office = await TestHub.start();
  await office.settings({ reception: { automatic } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const { conversationId } = ana.conversation;
  if (automatic) ana.command({ op: 'conversation.ack', conversationId });
  else ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const ben = await office.agent('Ben');
  office.advance(10 * everyMs);
  for (const client of [ana, ben, mei]) client.clear();
  return { office, ana, ben, mei, conversationId };
}

/** The number of unanswered messages in each summary that the client was told. */
const told = (client: TestClient) =>
  client.events('conversation.changed').map(({ conversation }) => conversation.unanswered);
const say = (client: TestClient, conversationId?: string) =>
  client.command({ op: 'message.send', text: 'Hello', ...(conversationId ? { conversationId } : {}) });
const cursor = (client: TestClient) => ({ epoch: 1, seq: client.frames.at(-1).seq as number });

test('who does not get the messages is told the summary at once, and then at most once a second, the newest', async () => {
  const { office, ana, ben, mei } = await twoAgents();
  say(mei);
  expect(told(ben)).toEqual([1]);
  for (let times = 0; times < 5; times += 1) say(mei);
  office.advance(everyMs - 1);
  say(mei);
  expect(told(ben)).toEqual([1]);
  office.advance(1);
  expect(told(ben)).toEqual([1, 7]);
  say(mei);
  office.advance(everyMs - 1);
  expect(told(ben)).toEqual([1, 7]);
  office.advance(1);
  expect(told(ben)).toEqual([1, 7, 8]);
  office.advance(10 * everyMs);
  expect(told(ben)).toEqual([1, 7, 8]);
  expect(told(ana)).toEqual([]);
  expect(ana.events('message.added')).toHaveLength(8);
});

test('what changes more is told at once with the newest summary, and nothing is left to be told', async () => {
  const { office, ana, ben, mei, conversationId } = await twoAgents();
  for (let times = 0; times < 3; times += 1) say(mei);
  ana.command({ op: 'conversation.tag', conversationId, tags: [] });
  office.advance(everyMs);
  expect(told(ben)).toEqual([1, 3]);
  say(mei);
  say(mei);
  mei.command({ op: 'conversation.leave' });
  expect(told(ben)).toEqual([1, 3, 4, 5]);
  expect(ben.events('conversation.removed')).toHaveLength(1);
  office.advance(everyMs);
  expect(told(ben)).toEqual([1, 3, 4, 5]);
});

test('an answer that ends a deadline is told at once', async () => {
  const { office, ana, ben, mei, conversationId } = await twoAgents(true);
  await office.settings({ reception: { automatic: true, redirect: { enabled: true } } });
  mei.command({ op: 'conversation.leave' });
  mei.command({ op: 'conversation.open' });
  const { conversationId: second } = ana.conversation;
  expect(second).not.toBe(conversationId);
  ana.command({ op: 'conversation.ack', conversationId: second });
  expect(ben.conversation.attendBy).not.toBeNull();
  for (let times = 0; times < 2; times += 1) say(mei);
  say(ana, second);
  expect(ben.conversation).toMatchObject({ attendBy: null, unanswered: 0 });
  say(ana, second);
  expect(told(ben).at(-1)).toBe(0);
});

test('whoever resumes has the newest summary, whether it still waits, went out meanwhile, or the hub was started anew', async () => {
  const { office, ben, mei } = await twoAgents();
  const other = await office.agent('Chen');
  for (let times = 0; times < 3; times += 1) say(mei);
  // So that the messages are before Ben's cursor, and the summary is not.
  other.command({ op: 'status.set', status: 'shortBreak' });
  const since = cursor(ben);
  expect(since.seq).toBe(office.hub.state.seq);
  ben.leave();
  expect(told(await ben.back(since))).toEqual([3]);
  office.advance(everyMs);
  expect(told(await ben.back(since))).toEqual([3]);
  for (let times = 0; times < 2; times += 1) say(mei);
  other.command({ op: 'status.set', status: 'offline' });
  const last = office.hub.state.seq;
  const next = await office.restart(0);
  const again = next.connect('agent');
  const auth = { kind: 'token', token: ben.welcome.token };
  await again.hello({ role: 'agent', auth, deviceId: ben.device, deviceLabel: 'test', since: { epoch: 1, seq: last } });
  expect(again.welcome.mode).toBe('resume');
  expect(told(again)).toEqual([5]);
});

test("a colleague's load is told at most once a second, one's own and everything else at once", async () => {
  const { office, ana, ben } = await twoAgents();
  const other = await office.agent('Chen');
  const { agentId } = ana.welcome;
  const loads = (client: TestClient) =>
    client.events('agent.changed').flatMap(({ agent }) => (agent.agentId === agentId ? agent.load : []));
  for (const name of ['Li', 'Noor', 'Otto']) await office.customer(name);
  expect(loads(ana)).toEqual([2, 3, 4]);
  expect(loads(ben)).toEqual([2]);
  expect(ben.agentView(agentId).load).toBe(2);
  other.command({ op: 'status.set', status: 'shortBreak' });
  const since = cursor(ben);
  ben.leave();
  const again = await ben.back(since);
  expect(loads(again)).toEqual([4]);
  office.advance(everyMs);
  expect(loads(again)).toEqual([4, 4]);
  // What rings goes on to others.
  ana.command({ op: 'status.set', status: 'busy' });
  expect(again.agentView(agentId)).toMatchObject({ status: 'busy', load: 1 });
});

test("the loads that changed within a second are told together, once, however many colleagues' they are", async () => {
  const { office, ana, ben } = await twoAgents();
  const chen = await office.online('Chen');
  office.advance(everyMs);
  ben.clear();
  const told = () => ben.events('agent.changed').map(({ agent: { name, load } }) => [name, load]);
  for (const name of ['Li', 'Noor', 'Otto', 'Pia']) await office.customer(name);
  const [first, ...others] = told();
  expect(others).toEqual([]);
  office.advance(everyMs - 1);
  expect(told()).toEqual([first]);
  office.advance(1);
  const loads = new Map(told().map(([name, load]) => [name, load]));
  expect(told()).toHaveLength(3);
  expect(loads).toEqual(
    new Map(
      [ana, chen].map((client) => {
        const { name, load } = client.agentView(client.welcome.agentId);
        return [name, load];
      }),
    ),
  );
});
