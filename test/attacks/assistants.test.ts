import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { closeCodes } from '../../shared/protocol/close-codes';
import { passphrase } from '../support/hub';
import { agent, speak } from './speak';
import { openTarget } from './target';

/** A program with an assistant's token that turns against the office, over real sockets. */

type Client = Awaited<ReturnType<typeof speak>>;
// biome-ignore lint/suspicious/noExplicitAny: frames of every kind
type Any = any;

/** Fern speaks first in the first group, Moss in Refunds; Mei talks to Fern. */
async function office() {
  const target = await openTarget();
  const agents = `ws://127.0.0.1:${target.ports.agent}/ws`;
  const customers = `ws://127.0.0.1:${target.ports.customer}/ws`;
  const sam = await speak(agents, agent({ kind: 'passphrase', passphrase }, 'sam'));
  const { groupId } = (await sam.until(({ name }) => name === 'group.changed')).group;
  const refunds = (await sam.command({ op: 'group.put', name: 'Refunds' })).result.groupId;
  const make = async (name: string, group: string) => {
    const { assistantId } = (await sam.command({ op: 'assistant.put', name, groupIds: [group] })).result;
    const { token } = (await sam.command({ op: 'assistant.token', assistantId })).result;
    return { assistantId, token: token as string };
  };
  const signIn = async (token: string, deviceId = 'bot') => {
    const line = await speak(agents, { role: 'assistant', token, deviceId });
    await line.until(({ type }) => type === 'caughtUp');
    return line;
  };
  const fern = await make('Fern', groupId);
  const moss = await make('Moss', refunds);
  const [fernLine, mossLine] = [await signIn(fern.token), await signIn(moss.token)];
  const mei = await speak(customers, { role: 'customer', token: null, language: 'en', deviceId: 'tab' });
  await mei.command({ op: 'conversation.open', name: 'Mei', groupId, text: 'a private word' });
  const { conversationId } = (await mei.until(stage('assisted'))).conversation as { conversationId: string };
  return { target, agents, customers, sam, fern, fernLine, mossLine, mei, signIn, conversationId };
}

const stage =
  (name: string) =>
  ({ name: event, conversation }: Any) =>
    event === 'conversation.changed' && conversation.stage === name;
const said = ({ frames }: Client) =>
  frames.filter(({ name }) => name === 'message.added').map(({ message }) => message.line?.code ?? message.text);

test('the conversations of another one are as good as none: not told, not written to, not handed over, not typed into', async () => {
  const { mossLine, fernLine, mei, conversationId } = await office();
  const refusal = { type: 'refused', code: 'notAssisted', message: 'the conversation is not with you' };
  for (const op of ['message.send', 'conversation.handOver'])
    expect(await mossLine.command({ op, conversationId, text: 'forged' })).toMatchObject(
      op === 'message.send' ? refusal : { type: 'refused', code: 'invalid' },
    );
  expect(await mossLine.command({ op: 'conversation.handOver', conversationId })).toMatchObject(refusal);
  mossLine.send(JSON.stringify({ type: 'typing', on: true, conversationId }));
  await fernLine.command({ op: 'message.send', conversationId, text: 'I am Fern' });
  await mei.until(({ name, message }) => name === 'message.added' && message.text === 'I am Fern');
  expect(said(mei).filter((each) => each === 'forged')).toEqual([]);
  expect(mei.frames.filter(({ type }) => type === 'typing')).toEqual([]);
  expect(JSON.stringify(mossLine.frames)).not.toMatch(/private|Mei|I am Fern/);
});

describe('its token', () => {
  test('is no agent’s, no customer’s and no file’s', async () => {
    const { agents, customers, fern, target } = await office();
    const asAgent = await speak(agents, agent({ kind: 'token', token: fern.token }, 'bot'));
    expect(await asAgent.until(({ type }) => type === 'refused')).toMatchObject({ code: 'unknownToken' });
    const asCustomer = await speak(customers, { role: 'customer', token: fern.token, language: 'en', deviceId: 'x' });
    // A token that the hub does not know makes somebody new.
    const welcome = await asCustomer.until(({ type }) => type === 'welcome');
    expect(welcome.token).not.toBe(fern.token);
    const onTheirPort = await speak(customers, { role: 'assistant', token: fern.token, deviceId: 'bot' });
    expect(await onTheirPort.until(({ type }) => type === 'refused')).toMatchObject({ code: 'invalid' });
    for (const port of Object.values(target.ports)) {
      const headers = { authorization: `Bearer ${fern.token}` };
      const answer = await fetch(`http://127.0.0.1:${port}/attachments/conversation-1/attachment-1`, { headers });
      expect(answer.status).toBe(401);
    }
  });

  test('once revoked ends its line, lets nobody in, and what it had is with people', async () => {
    const { sam, fern, fernLine, mei, agents, conversationId } = await office();
    expect((await sam.command({ op: 'assistant.revoke', assistantId: fern.assistantId })).type).toBe('ack');
    expect(await fernLine.closed).toBe(closeCodes.tokenRevoked);
    await mei.until(stage('waiting'));
    const again = await speak(agents, { role: 'assistant', token: fern.token, deviceId: 'bot' });
    expect(await again.until(({ type }) => type === 'refused')).toMatchObject({ code: 'unknownToken' });
    expect(await again.closed).toBe(closeCodes.signInRefused);
    expect(JSON.stringify(again.frames)).not.toContain(conversationId);
  });

  test('on two lines is one assistant: the first line is over, and what it says is not heard', async () => {
    const { fern, fernLine, signIn, mei, conversationId } = await office();
    const second = await signIn(fern.token, 'bot-2');
    const late = {
      type: 'command',
      cid: 'late',
      n: 1,
      op: 'message.send',
      conversationId,
      text: 'from the first line',
    };
    fernLine.send(JSON.stringify(late));
    expect(await fernLine.closed).toBe(closeCodes.takenOver);
    expect((await second.command({ op: 'message.send', conversationId, text: 'from the second' })).type).toBe('ack');
    await mei.until(({ name, message }) => name === 'message.added' && message.text === 'from the second');
    expect(said(mei)).not.toContain('from the first line');
  });
});

test.each([
  ['a text too long', { op: 'message.send', text: 'x'.repeat(4_001) }, 'invalid'],
  ['no text', { op: 'message.send', text: ' ' }, 'invalid'],
  ['a file', { op: 'message.send', text: 'x', attachments: ['attachment-1'] }, 'invalid'],
  ['a note too long', { op: 'conversation.handOver', note: 'x'.repeat(10_000) }, 'invalid'],
  ['a priority that is none', { op: 'conversation.handOver', priority: -1 }, 'invalid'],
  ['force', { op: 'conversation.handOver', force: true }, 'invalid'],
  ['an agent to get it', { op: 'conversation.handOver', to: { agentId: 'agent-1' } }, 'invalid'],
  ['a group that is none', { op: 'conversation.handOver', groupId: '../agents' }, 'unknownGroup'],
])('%s is refused, and the conversation stays with it', async (_name, command, code) => {
  const { fernLine, mei, conversationId } = await office();
  expect(await fernLine.command({ conversationId, ...command })).toMatchObject({ type: 'refused', code });
  expect((await fernLine.command({ op: 'message.send', conversationId, text: 'still here' })).type).toBe('ack');
  expect(mei.frames.some(stage('waiting'))).toBe(false);
});

test.each([
  ['a frame beyond what its port takes', 'x'.repeat(defaultLimits.frameBytesMax.agent + 1), 'frameTooLarge'],
  ['a second hello', JSON.stringify({ type: 'hello', proto: 2, role: 'assistant' }), 'badFrame'],
  [
    'a read receipt, which is an agent’s',
    JSON.stringify({ type: 'seen', conversationId: 'c', messageId: '1.1' }),
    'badFrame',
  ],
  ['the signal of a customer’s page', JSON.stringify({ type: 'page', page: { title: '', url: '' } }), 'badFrame'],
  ['an invitation’s proof', JSON.stringify({ type: 'pair', codeId: 'abcd' }), 'badFrame'],
] as const)('%s ends its line, and what it had is with people', async (_name, frame, close) => {
  const { fernLine, mei } = await office();
  fernLine.send(frame);
  expect(await fernLine.closed).toBe(closeCodes[close]);
  await mei.until(stage('waiting'));
});

describe('a flood', () => {
  const { commands, refusals } = defaultLimits.budgets.assistant;

  test('of messages is refused beyond its budget, which no new line refills, and colleagues work on', async () => {
    const { target, sam, fern, fernLine, signIn, conversationId } = await office();
    const { burst, perSecond } = commands.person!;
    const { seq } = target.hub.state;
    const flood = (line: Client, from: number, count: number) => {
      for (let n = from; n < from + count; n += 1)
        line.send(
          JSON.stringify({ type: 'command', cid: `f${n}`, n, op: 'message.send', conversationId, text: 'spam' }),
        );
      return line.until(({ cid }) => cid === `f${from + count - 1}`);
    };
    // Within what its frames allow.
    const half = burst / 2;
    await flood(fernLine, 1, half);
    target.clock.advance(1_000);
    const second = await signIn(fern.token);
    expect(await flood(second, half + 1, half + perSecond)).toMatchObject({ type: 'ack' });
    target.clock.advance(2_000);
    const third = await signIn(fern.token);
    const last = await flood(third, burst + perSecond + 1, 3 * perSecond);
    expect(last).toMatchObject({ type: 'refused', code: 'rateLimited', now: { retryAfterMs: expect.any(Number) } });
    const taken = [fernLine, second, third].flatMap(({ frames }) => frames.filter(({ type }) => type === 'ack'));
    expect(taken.length).toBeLessThanOrEqual(burst + 3 * perSecond);
    // What is refused for coming too fast is in no record: the rest are three sign-ins and what they end.
    expect(target.hub.state.seq - seq).toBeLessThan(taken.length + 10);
    expect((await sam.command({ op: 'status.set', status: 'online' })).type).toBe('ack');
  });

  test('of what is refused ends its line', async () => {
    const { target, fernLine, mei } = await office();
    const { burst } = refusals.person!;
    const { seq } = target.hub.state;
    const conversationId = 'conversation-of-nobody';
    for (let n = 1; n <= burst + 1; n += 1)
      fernLine.send(
        JSON.stringify({ type: 'command', cid: `f${n}`, n, op: 'message.send', conversationId, text: 'x' }),
      );
    expect(await fernLine.closed).toBe(closeCodes.tooManyFrames);
    expect(target.hub.state.seq - seq).toBeLessThan(burst + 10);
    await mei.until(stage('waiting'));
  });

  test('of what is malformed ends its line, too', async () => {
    const { fernLine } = await office();
    for (let n = 1; n <= refusals.person!.burst + 1; n += 1)
      fernLine.send(JSON.stringify({ type: 'command', cid: `f${n}`, n, op: 'agent.remove', agentId: 'agent-1' }));
    expect(await fernLine.closed).toBe(closeCodes.tooManyFrames);
  });
});
