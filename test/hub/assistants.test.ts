import { describe, expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Sales with Ana, online, and the assistant Fern. */
async function assisted() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const { client: fern, assistantId, token } = await office.assistant();
  return { office, ana, fern, assistantId, token };
}

describe('[BO1] a conversation with an assistant', () => {
  test('begins with it, and each side sees whose words they are', async () => {
    const { office, ana, fern, assistantId } = await assisted();
    const mei = await office.customer('Mei', { text: 'Where is my order?' });
    expect(mei.conversation).toMatchObject({
      stage: 'assisted',
      assistantName: 'Fern',
      agentName: null,
      position: null,
    });
    const { conversationId } = mei.conversation;
    expect(fern.said).toEqual(['(assisted)', 'Where is my order?']);
    expect(fern.events('conversation.changed').at(-1).conversation).toEqual({
      conversationId,
      groupId: office.groupId,
      groupName: mei.conversation.groupName,
      customerName: 'Mei',
      language: 'en',
    });
    expect(ana.conversation).toMatchObject({ stage: 'assisted', agentId: null, unanswered: 1 });
    expect(ana.events('group.changed').at(-1).group.assistant).toEqual({ assistantId, name: 'Fern', connected: true });
    expect(fern.command({ op: 'message.send', conversationId, text: 'Let me look.' }).type).toBe('ack');
    expect(mei.messages.at(-1)!.from).toEqual({ kind: 'assistant', name: 'Fern' });
    expect(ana.conversation).toMatchObject({ unanswered: 0, unansweredSince: null });
    ana.command({ op: 'conversation.watch', conversationId });
    expect(ana.messages.at(-1)!.from).toEqual({ kind: 'assistant', assistantId, name: 'Fern' });
    expect(office.violations()).toEqual([]);
  });

  test('shows its typing to the customer, and theirs to it', async () => {
    const { office, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello' });
    const { conversationId } = mei.conversation;
    fern.send({ type: 'typing', on: true, conversationId });
    expect(mei.frames.at(-1)).toEqual({ type: 'typing', on: true });
    mei.send({ type: 'typing', on: true });
    expect(fern.frames.at(-1)).toEqual({ type: 'typing', on: true, conversationId });
  });

  test('is the only thing that it is told of, without notes and agents’ ids', async () => {
    const { office, ana, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello' });
    const { conversationId } = mei.conversation;
    ana.command({ op: 'note.add', conversationId, text: 'a secret note' });
    mei.command({ op: 'conversation.handOver' });
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    ana.command({ op: 'message.send', conversationId, text: 'This is Ana' });
    fern.clear();
    ana.command({ op: 'note.add', conversationId, text: 'another secret note' });
    expect(fern.frames).toEqual([]);
    expect(ana.command({ op: 'conversation.handBack', conversationId }).type).toBe('ack');
    expect(fern.said).toEqual(['(assisted)', 'Hello', '(askedForPerson)', '(joined)', 'This is Ana', '(handedBack)']);
    expect(JSON.stringify(fern.frames)).not.toMatch(/secret|agentId/);
  });

  test('it can do nothing to what is not with it, and is told nothing of who has it', async () => {
    const { office, ana, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello' });
    const { conversationId } = mei.conversation;
    mei.command({ op: 'conversation.handOver' });
    const refusal = { type: 'refused', code: 'notAssisted', message: 'the conversation is not with you' };
    const late = fern.command({ op: 'message.send', conversationId, text: 'Hi' });
    expect(late).toEqual({ ...refusal, cid: late.cid });
    expect(fern.command({ op: 'conversation.handOver', conversationId })).toMatchObject(refusal);
    expect(fern.command({ op: 'conversation.close', conversationId }).code).toBe('unknownCommand');
    fern.send({ type: 'typing', on: true, conversationId });
    expect(mei.frames.filter(({ type }) => type === 'typing')).toEqual([]);
    expect(ana.conversation.stage).toBe('offered');
  });
});

describe('[BO2] the switch to a person', () => {
  test('by the customer: said in one line, rung with the reason, with the talk so far', async () => {
    const { office, ana, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Where is my order?' });
    const { conversationId } = mei.conversation;
    fern.command({ op: 'message.send', conversationId, text: 'I do not know.' });
    expect(mei.command({ op: 'conversation.handOver' }).type).toBe('ack');
    expect(mei.said).toEqual(['(assisted)', 'Where is my order?', 'I do not know.', '(askedForPerson)']);
    expect(mei.conversation).toMatchObject({ stage: 'waiting', position: 1 });
    expect(ana.conversation).toMatchObject({ stage: 'offered', why: { fromAssistant: 'askedForPerson' } });
    expect(ana.said).toEqual(mei.said);
    expect(fern.events().at(-1)).toMatchObject({ name: 'conversation.removed', conversationId });
    expect(mei.command({ op: 'conversation.handOver' })).toMatchObject({ type: 'refused', code: 'notAssisted' });
  });

  test('by the assistant: with a note, a priority, to another group', async () => {
    const { office, fern } = await assisted();
    const sam = await office.supervisor();
    const { groupId } = sam.command({ op: 'group.put', name: 'Refunds' }).result;
    const mei = await office.customer('Mei', { text: 'My money back' });
    const { conversationId } = mei.conversation;
    const over = { op: 'conversation.handOver', conversationId, priority: 2, note: 'wants a refund' };
    expect(fern.command({ ...over, groupId: 'nowhere' }).code).toBe('unknownGroup');
    expect(fern.command({ ...over, groupId }).type).toBe('ack');
    expect(sam.conversation).toMatchObject({ groupId, priority: 2, note: 'wants a refund', stage: 'waiting' });
    expect(mei.said.at(-1)).toBe('(handedOver)');
    expect(JSON.stringify(mei.frames)).not.toContain('refund');
  });
});

describe('[BO3] an assistant that is silent or gone', () => {
  test('is passed by after its time, and the customer is told in one line', async () => {
    const { office, ana } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    office.advance(9_999);
    expect(mei.conversation.stage).toBe('assisted');
    office.advance(1);
    expect(mei.said).toEqual(['(assisted)', 'Hello?', '(passedBy)']);
    expect(mei.messages.at(-1)!.line!.params).toEqual({ name: 'Fern' });
    expect(ana.conversation).toMatchObject({ stage: 'offered', why: { fromAssistant: 'silent' } });
  });

  test('at once when its line is lost, also by another one’s sign-in, but not by its own', async () => {
    const { office, ana, fern, token } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    const again = await office.assistantWith(token, 'bot-2');
    expect(fern.closed).toBe('takenOver');
    expect(mei.conversation.stage).toBe('assisted');
    expect(again.said).toEqual(['(assisted)', 'Hello?']);
    again.leave();
    expect(ana.conversation).toMatchObject({ stage: 'offered', why: { fromAssistant: 'gone' } });
    expect(ana.events('group.changed').at(-1).group.assistant.connected).toBe(false);
    const li = await office.customer('Li', { text: 'Hi' });
    expect(li.said).toEqual(['(queued)', 'Hi']);
  });

  test('that is not back after a restart counts as gone; one that is back goes on, and repeats what had no answer', async () => {
    const { office, fern, token } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    const li = await office.customer('Li', { text: 'Hi' });
    const { conversationId } = mei.conversation;
    fern.command({ op: 'message.send', conversationId, text: 'Hello Mei' });
    const said = fern.post({ op: 'message.send', conversationId: li.conversation.conversationId, text: 'Hello Li' });
    const restarted = await office.restart();
    const back = await restarted.assistantWith(token);
    expect(back.welcome.lastN).toBe(2);
    const repeated = { ...said, op: 'message.send', conversationId: li.conversation.conversationId, text: 'Hello Li' };
    expect(back.repeat(repeated)).toMatchObject({ type: 'ack', dup: true });
    expect(back.said.filter((each) => each === 'Hello Li')).toHaveLength(1);
    restarted.advance(60_000);
    expect(back.conversations).toHaveLength(2);
    const third = await restarted.restart();
    const { conversations } = third.hub.state.routing;
    third.advance(9_999);
    expect(conversations.get(conversationId)!.stage.kind).toBe('assisted');
    third.advance(1);
    expect([...conversations.values()].map(({ stage }) => stage.kind)).toEqual(['waiting', 'waiting']);
    expect(third.violations()).toEqual([]);
  });

  test('an erased customer is taken from it at once', async () => {
    const { office, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    const sam = await office.supervisor();
    const { customerId } = mei.welcome;
    expect((await sam.asked({ op: 'customer.erase', customerId })).type).toBe('ack');
    expect(fern.conversations).toEqual([]);
    expect(office.hub.state.routing.conversations.size).toBe(0);
  });
});

describe('[BO4] people and the assistant', () => {
  test('an agent takes an assisted conversation as what waits, and may hand it back', async () => {
    const { office, ana, fern } = await assisted();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    const { conversationId } = mei.conversation;
    expect(ana.command({ op: 'conversation.claim', conversationId }).type).toBe('ack');
    expect(mei.said).toEqual(['(assisted)', 'Hello?', '(joined)']);
    expect(mei.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
    ana.command({ op: 'conversation.handBack', conversationId });
    expect(mei.said.at(-1)).toBe('(handedBack)');
    expect(fern.conversations).toHaveLength(1);
    expect(ana.agentView(office.agentId('Ana')).load).toBe(0);
  });

  test('a customer who leaves it, is blocked or whose group is removed leaves it nothing', async () => {
    const { office, fern } = await assisted();
    const sam = await office.supervisor();
    const { groupId } = sam.command({ op: 'group.put', name: 'Rest' }).result;
    const mei = await office.customer('Mei', { text: 'Bye' });
    const li = await office.customer('Li', { text: 'Spam' });
    const bo = await office.customer('Bo', { text: 'Hi' });
    mei.command({ op: 'conversation.leave' });
    sam.command({ op: 'customer.block', customerId: li.welcome.customerId, forMs: null, address: false, note: '' });
    sam.command({ op: 'group.remove', groupId: office.groupId, moveTo: groupId });
    expect(fern.conversations).toEqual([]);
    expect(bo.said.at(-1)).toBe('(passedBy)');
    expect(office.violations()).toEqual([]);
  });
});

describe('an assistant’s token', () => {
  test('is shown once, kept as a hash, and void at once when revoked or made anew', async () => {
    const { office, fern, assistantId, token } = await assisted();
    const sam = await office.supervisor();
    const mei = await office.customer('Mei', { text: 'Hello?' });
    const known = () => sam.events('assistants.changed').at(-1).assistants[0];
    expect(known()).toMatchObject({ assistantId, name: 'Fern', connected: true, tokenMadeAt: office.clock.now() });
    expect(office.store.disk.lines.join()).not.toContain(token);
    office.advance(1_000);
    sam.command({ op: 'assistant.revoke', assistantId });
    expect(fern.closed).toBe('tokenRevoked');
    expect(mei.conversation.stage).toBe('waiting');
    expect(known()).toMatchObject({ connected: false, tokenMadeAt: null, seenAt: office.clock.now() });
    const locked = await office.assistantWith(token);
    expect(locked.frames[0]).toMatchObject({ type: 'refused', code: 'unknownToken' });
    expect(locked.closed).toBe('signInRefused');
    const { token: next } = sam.command({ op: 'assistant.token', assistantId }).result;
    const back = await office.assistantWith(next);
    expect(back.welcome).toMatchObject({ mode: 'snapshot', name: 'Fern', assistantId });
    const { token: last } = sam.command({ op: 'assistant.token', assistantId }).result;
    expect(back.closed).toBe('tokenRevoked');
    expect((await office.assistantWith(last)).closed).toBeNull();
    sam.command({ op: 'assistant.remove', assistantId });
    expect((await office.assistantWith(last)).closed).toBe('signInRefused');
    const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 50 })).result;
    const actions = entries.map(({ action, subject }: { action: string; subject: string }) => `${action} ${subject}`);
    expect(actions.filter((each: string) => each.startsWith('assistant'))).toEqual([
      'assistant.remove Fern',
      'assistant.token Fern',
      'assistant.token Fern',
      'assistant.revoke Fern',
      'assistant.token Fern',
      'assistant.put Fern',
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  test('opens nothing else: no agent’s command, no file, no customers’ port; agents are not told of it', async () => {
    const { office, ana, fern, token } = await assisted();
    expect(fern.command({ op: 'status.set', status: 'online' }).code).toBe('unknownCommand');
    const asAgent = await office.agentWith({ kind: 'token', token }, 'bot');
    expect(asAgent.frames[0]).toMatchObject({ type: 'refused', code: 'unknownToken' });
    expect(ana.events('assistants.changed')).toEqual([]);
    fern.send({ type: 'hello', proto: 2, role: 'assistant', deviceId: 'bot', since: null, lastN: 0, token });
    expect(fern.closed).toBe('badFrame');
  });

  test('of a group that has one is refused to another', async () => {
    const { office, assistantId } = await assisted();
    const sam = await office.supervisor();
    const put = (name: string) => sam.command({ op: 'assistant.put', name, groupIds: [office.groupId] });
    expect(put('Fern').code).toBe('nameTaken');
    expect(put('Moss')).toMatchObject({ code: 'groupHasAssistant', field: 'groupIds' });
    expect(sam.events('assistants.changed').at(-1).assistants).toHaveLength(1);
    const mei = await office.customer('Mei', { text: 'Hi' });
    sam.command({ op: 'assistant.put', assistantId, name: 'Ivy', groupIds: [office.groupId] });
    expect(mei.conversation.assistantName).toBe('Ivy');
    sam.command({ op: 'assistant.put', assistantId, name: 'Ivy', groupIds: [] });
    expect(put('Moss').type).toBe('ack');
    expect(sam.events('group.changed').at(-1).group.assistant).toMatchObject({ name: 'Moss', connected: false });
  });
});
