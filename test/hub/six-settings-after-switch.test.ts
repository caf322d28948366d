import { describe, expect, test } from 'vitest';
import { agent, speak } from '../attacks/speak';
import { openTarget } from '../attacks/target';
import { passphrase } from '../support/hub';

/** The six settings for a customer who talked to an assistant first: they begin at the switch (BO2). Over real sockets. */

// biome-ignore lint/suspicious/noExplicitAny: frames of every kind
type Any = any;
type Client = Awaited<ReturnType<typeof speak>>;

const note = 'wants a person';
/** How long a customer talks to the assistant before the switch. */
const talkMs = 240_000;

/** Who switches; `askedForPerson` and `handedOver` are what the explanation says of it (EX1). */
const switches = {
  askedForPerson: ({ customer }: Switching) => customer.command({ op: 'conversation.handOver' }),
  handedOver: ({ fern, conversationId }: Switching) =>
    fern.command({ op: 'conversation.handOver', conversationId, note }),
};
type How = keyof typeof switches;

interface Switching {
  fern: Client;
  customer: Client;
  conversationId: string;
}

async function assistedOffice(settings: object) {
  const { clock, hub, ports } = await openTarget();
  const agents = `ws://127.0.0.1:${ports.agent}/ws`;
  const sam = await speak(agents, agent({ kind: 'passphrase', passphrase }, 'sam'));
  const { groupId } = (await sam.until(({ name }) => name === 'group.changed')).group;
  await sam.command({ op: 'settings.update', settings });
  const { assistantId } = (await sam.command({ op: 'assistant.put', name: 'Fern', groupIds: [groupId] })).result;
  const { token } = (await sam.command({ op: 'assistant.token', assistantId })).result;
  const fern = await speak(agents, { role: 'assistant', token, deviceId: 'bot' });
  await fern.until(({ type }) => type === 'caughtUp');

  return {
    advance: (ms: number) => clock.advance(ms),
    now: () => clock.now(),
    async online(name: string, { priority = 1, capacity = 5 } = {}) {
      const put = { op: 'agent.put', name, role: 'agent', capacity, groups: [{ groupId, priority }] };
      const { agentId } = (await sam.command(put)).result;
      const { code } = (await sam.command({ op: 'agent.code', agentId })).result;
      const client = await speak(agents, agent({ kind: 'code', code }, `device-${name}`));
      await client.until(({ type }) => type === 'caughtUp');
      await client.command({ op: 'status.set', status: 'online' });
      return { ...client, agentId };
    },
    /** A customer whom the assistant has answered once. */
    async talking(name: string, token: string | null = null) {
      const hello = { role: 'customer', token, language: 'en', deviceId: `tab-${name}-${clock.now()}` };
      const customer = await speak(`ws://127.0.0.1:${ports.customer}/ws`, hello);
      const welcome = await customer.until(({ type }) => type === 'welcome');
      await customer.command({ op: 'conversation.open', name, text: 'Where is my order?' });
      const { conversationId } = (await customer.until(changed({ stage: 'assisted' }))).conversation;
      await fern.until(changed({ conversationId }));
      await fern.command({ op: 'message.send', conversationId, text: 'I do not know.' });
      return { customer, conversationId, token: welcome.token as string };
    },
    async switched(how: How, { customer, conversationId }: Omit<Switching, 'fern'>) {
      expect((await switches[how]({ fern, customer, conversationId })).type).toBe('ack');
      expect(hub.state.routing.conversations.get(conversationId)).toMatchObject({ enqueuedAt: clock.now() });
    },
  };
}

/** A frame that tells of a conversation with these fields. */
const changed =
  (fields: object) =>
  ({ name, conversation }: Any) =>
    name === 'conversation.changed' && Object.entries(fields).every(([field, value]) => conversation[field] === value);

/** It comes to this agent as what has just been switched, and they can read what was said before. */
async function expectGiven(to: Client, { conversationId }: { conversationId: string }, how: How, fields: object) {
  const { conversation } = await to.until(changed({ conversationId, ...fields }));
  expect(conversation.why.fromAssistant).toBe(how);
  expect(conversation.note).toBe(how === 'handedOver' ? note : null);
  const talk = [
    ['system', 'assisted'],
    ['customer', 'Where is my order?'],
    ['assistant', 'I do not know.'],
    ['system', how],
  ];
  const { messages } = await to.until(
    (frame) =>
      frame.name === 'conversation.history' &&
      frame.conversationId === conversationId &&
      frame.messages.length >= talk.length,
  );
  const lines = messages.map(({ text, from, line }: Any) => [from.kind, line?.code ?? text]);
  expect(lines.slice(0, talk.length)).toEqual(talk);
  return conversation;
}

const offeredTo = ({ agentId }: { agentId: string }) => ({ stage: 'offered', agentId });

describe.each<How>(['askedForPerson', 'handedOver'])('after the switch (%s)', (how) => {
  test('[QU1] first come, first served: who switched first is first, not who came first', async () => {
    const office = await assistedOffice({});
    const early = await office.talking('Early');
    office.advance(1_000);
    const late = await office.talking('Late');
    office.advance(talkMs);
    await office.switched(how, late);
    const switchedAt = office.now();
    office.advance(1_000);
    await office.switched(how, early);
    await late.customer.until(changed({ stage: 'waiting', position: 1 }));
    await early.customer.until(changed({ stage: 'waiting', position: 2 }));
    const ana = await office.online('Ana', { capacity: 1 });
    const given = await expectGiven(ana, late, how, offeredTo(ana));
    expect(given).toMatchObject({ enqueuedAt: switchedAt, note: how === 'handedOver' ? note : null });
    expect(ana.frames.some(changed({ conversationId: early.conversationId, stage: 'offered' }))).toBe(false);
  });

  test('[CH2] agent priority: the better number gets it, though the other has been idle for longer', async () => {
    const office = await assistedOffice({ routing: { agentPriority: true } });
    await office.online('Idle', { priority: 2 });
    office.advance(60_000);
    const best = await office.online('Best', { priority: 1 });
    const mei = await office.talking('Mei');
    office.advance(talkMs);
    await office.switched(how, mei);
    const { why } = await expectGiven(best, mei, how, offeredTo(best));
    expect(why).toMatchObject({ rule: 'CH2', skipped: { lowerPriority: 1 } });
  });

  test('[LR2] last receptionist: the agent of before, not the assistant that spoke last', async () => {
    const office = await assistedOffice({ routing: { lastReceptionist: true } });
    const ana = await office.online('Ana');
    const before = await office.talking('Mei');
    await office.switched(how, before);
    const { offerId } = (await ana.until(changed({ conversationId: before.conversationId, stage: 'offered' })))
      .conversation;
    await ana.command({ op: 'offer.accept', offerId });
    await ana.command({ op: 'message.send', conversationId: before.conversationId, text: 'Hello Mei' });
    await ana.command({ op: 'conversation.close', conversationId: before.conversationId });
    await office.online('Idle');
    office.advance(60_000);
    const again = await office.talking('Mei', before.token);
    office.advance(talkMs);
    await office.switched(how, again);
    const { why } = await expectGiven(ana, again, how, offeredTo(ana));
    expect(why.rule).toBe('LR2');
  });

  test('[AR1] automatic reception: it is on the desk at once, and comes back 5 s after the switch unless acknowledged', async () => {
    const office = await assistedOffice({ reception: { automatic: true } });
    const ana = await office.online('Ana');
    const mei = await office.talking('Mei');
    office.advance(talkMs);
    await office.switched(how, mei);
    await expectGiven(ana, mei, how, { stage: 'active', agentId: ana.agentId, offerId: null });
    await mei.customer.until(changed({ stage: 'active', agentName: 'Ana' }));
    office.advance(4_999);
    expect((await ana.command({ op: 'conversation.ack', conversationId: mei.conversationId })).type).toBe('ack');
    const li = await office.talking('Li');
    await office.switched(how, li);
    await li.customer.until(changed({ stage: 'active' }));
    office.advance(5_000);
    await li.customer.until(changed({ stage: 'waiting' }));
  });

  test('[RD1] redirect upon timeout: 30 s from the switch, then the next member, with talk and note', async () => {
    const office = await assistedOffice({ reception: { redirect: { enabled: true, afterSeconds: 30 } } });
    const ana = await office.online('Ana');
    const mei = await office.talking('Mei');
    office.advance(talkMs);
    await office.switched(how, mei);
    const switchedAt = office.now();
    const first = await expectGiven(ana, mei, how, offeredTo(ana));
    expect(first.deadline).toBe(switchedAt + 30_000);
    const ben = await office.online('Ben');
    office.advance(29_999);
    expect(ben.frames.some(changed(offeredTo(ben)))).toBe(false);
    office.advance(1);
    const next = await expectGiven(ben, mei, how, offeredTo(ben));
    expect(next).toMatchObject({ redirects: 1, enqueuedAt: switchedAt });
    expect((await ana.command({ op: 'offer.accept', offerId: first.offerId })).code).toBe('offerGone');
  });

  test('[SB1] short break after timeout: the agent who leaves it ringing for 30 s from the switch', async () => {
    const office = await assistedOffice({ reception: { shortBreak: { enabled: true, afterSeconds: 30 } } });
    const ana = await office.online('Ana');
    const mei = await office.talking('Mei');
    office.advance(talkMs);
    await office.switched(how, mei);
    await expectGiven(ana, mei, how, offeredTo(ana));
    office.advance(29_999);
    const onBreak = ({ name, agent: view }: Any) => name === 'agent.changed' && view.status === 'shortBreak';
    await ana.command({ op: 'conversation.watch', conversationId: mei.conversationId });
    expect(ana.frames.some(onBreak)).toBe(false);
    office.advance(1);
    expect((await ana.until(onBreak)).agent).toMatchObject({
      statusCause: 'timeout',
      missed: { conversationId: mei.conversationId, customerName: 'Mei', waitedSeconds: 30 },
    });
  });
});
