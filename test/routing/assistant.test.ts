import { describe, expect, it } from 'vitest';
import { inspect, queuePosition, type RoutingEvent, type SettingsPatch } from '../../shared/routing';
import { Office, ofType } from '../support/routing';

/** Sales with the assistant `bot`, connected, and Ann, online. */
function assisted(settings: SettingsPatch = {}): Office {
  const desk = new Office(settings).group('sales').agent('ann');
  desk.do('assistant.put', { assistantId: 'bot', name: 'Bot', groupIds: ['sales'] });
  desk.do('assistant.connect', { assistantId: 'bot' });
  return desk;
}

const switches = (events: readonly RoutingEvent[]) =>
  ofType(events, 'conversation.queued').map(({ conversationId, fromAssistant }) => [conversationId, fromAssistant]);

function write(desk: Office, conversationId = 'c') {
  return desk.do('message.sent', { conversationId, from: 'customer' });
}

function answer(desk: Office, conversationId = 'c') {
  return desk.do('message.sent', { conversationId, from: 'assistant', assistantId: 'bot' });
}

function askForPerson(desk: Office, conversationId = 'c') {
  return desk.do('conversation.handOver', { conversationId });
}

function handOver(desk: Office, to: { groupId?: string; priority?: number; note?: string } = {}, conversationId = 'c') {
  return desk.do('conversation.handOver', { conversationId, assistantId: 'bot', ...to });
}

describe('a new conversation', () => {
  it('[BO1] begins with the connected assistant: in no queue, on nobody’s capacity, with no place', () => {
    const desk = assisted();
    desk.open('c');
    expect(desk.conversation('c')).toMatchObject({ stage: 'assisted', assistantId: 'bot' });
    expect(desk.queue()).toEqual([]);
    expect(desk.agentView('ann').load).toBe(0);
    expect(queuePosition(desk.state, 'c', desk.at)).toBeNull();
    expect(inspect(desk.state).assistants.bot).toEqual({
      name: 'Bot',
      connected: true,
      groupIds: ['sales'],
      assisting: 1,
    });
    expect(desk.pass(300)).toEqual([]);
  });

  it('[BO1] is as ever without one: not connected, gone, of another group, or begun by an agent', () => {
    const desk = assisted()
      .group('help')
      .agent('ben', { groups: { help: 1 } });
    desk.do('assistant.disconnect', { assistantId: 'bot' });
    desk.open('a');
    expect(desk.where('a')).toBe('rings ann');
    desk.do('assistant.connect', { assistantId: 'bot' });
    // What waits or rings is not taken from people.
    expect(desk.where('a')).toBe('rings ann');
    desk.open('b', { group: 'help' });
    expect(desk.where('b')).toBe('rings ben');
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 2, groups: [{ groupId: 'sales', priority: 1 }] });
    desk.do('conversation.open', { conversationId: 'c', customerId: 'k', groupId: 'sales', agentId: 'ann' });
    expect(desk.where('c')).toBe('with ann');
  });

  it('[BO1] is refused outside hours; what is assisted goes on when the group closes or nobody is online', () => {
    const desk = assisted();
    desk.open('c');
    desk.do('group.open', { groupId: 'sales', open: false });
    desk.status('ann', 'offline');
    expect(desk.open('d').refusal?.code).toBe('groupClosed');
    write(desk);
    answer(desk);
    expect(desk.where('c')).toBe('assisted');
  });

  it('[BO1] is written in by its assistant only, and only while that is connected', () => {
    const desk = assisted().group('help');
    desk.do('assistant.put', { assistantId: 'echo', name: 'Echo', groupIds: ['help'] });
    desk.do('assistant.connect', { assistantId: 'echo' });
    desk.open('c');
    const say = (assistantId: string) =>
      desk.do('message.sent', { conversationId: 'c', from: 'assistant', assistantId }).refusal?.code;
    expect(say('bot')).toBeUndefined();
    expect(say('echo')).toBe('notAssisted');
    expect(say('nobody')).toBe('unknownAssistant');
    expect(desk.do('message.sent', { conversationId: 'c', from: 'agent', agentId: 'ann' }).refusal?.code).toBe(
      'notYours',
    );
    desk.do('hub.started', {});
    expect(say('bot')).toBe('assistantDisconnected');
    askForPerson(desk);
    expect(say('bot')).toBe('notAssisted');
  });

  it('[BO1] leads a customer back to the assisted one, and goes to people when it is reopened', () => {
    const desk = assisted();
    desk.open('c', { customer: 'k' });
    desk.open('d', { customer: 'k' });
    expect(ofType(desk.last.events, 'conversation.attached')).toMatchObject([{ conversationId: 'c' }]);
    desk.do('conversation.leave', { conversationId: 'c' });
    desk.do('conversation.reopen', { conversationId: 'c' });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[BO1] a group has one assistant; one that is put again keeps its line', () => {
    const desk = assisted().group('help');
    const put = (assistantId: string, groupIds: string[]) =>
      desk.do('assistant.put', { assistantId, name: assistantId, groupIds }).refusal?.code;
    expect(put('echo', ['help', 'sales'])).toBe('groupHasAssistant');
    expect(put('echo', ['nowhere'])).toBe('unknownGroup');
    expect(inspect(desk.state).assistants.echo).toBeUndefined();
    expect(put('bot', ['sales', 'help', 'help'])).toBeUndefined();
    expect(inspect(desk.state).assistants.bot).toMatchObject({ connected: true, groupIds: ['sales', 'help'] });
    desk.open('c', { group: 'help' });
    expect(desk.where('c')).toBe('assisted');
  });
});

describe('the switch to a person', () => {
  it('[BO2] by the customer: a new arrival at that moment, behind who came before', () => {
    const desk = assisted();
    desk.open('c');
    desk.do('assistant.disconnect', { assistantId: 'bot' });
    desk.accept('c');
    desk.do('assistant.connect', { assistantId: 'bot' });
    desk.open('early');
    desk.pass(60);
    desk.do('assistant.disconnect', { assistantId: 'bot' });
    desk.open('waits');
    const late = new Office().group('sales').agent('ann');
    late.do('assistant.put', { assistantId: 'bot', name: 'Bot', groupIds: ['sales'] });
    late.do('assistant.connect', { assistantId: 'bot' });
    late.open('c');
    late.pass(60);
    expect(askForPerson(late).refusal).toBeNull();
    expect(switches(late.last.events)).toEqual([['c', 'askedForPerson']]);
    expect(late.conversation('c').enqueuedAt).toBe(late.at);
    expect(late.where('c')).toBe('rings ann');
    expect(desk.queue()).toEqual(['early', 'waits']);
  });

  it('[BO2] is told as the reason of the offer, whoever asked', () => {
    const desk = assisted();
    desk.open('c');
    handOver(desk, { note: 'wants a refund' });
    expect(ofType(desk.last.events, 'conversation.queued')[0]).toMatchObject({
      reason: 'switched',
      assistantId: 'bot',
      note: 'wants a refund',
    });
    expect(ofType(desk.last.events, 'offer.made')[0]?.why).toMatchObject({ rule: 'CH1', fromAssistant: 'handedOver' });
    desk.decline('c');
    desk.pass(10);
    expect(ofType(desk.recorded, 'offer.made').at(-1)?.why.fromAssistant).toBe('handedOver');
  });

  it('[BO2] may name another open group and a priority; in its own group hours do not matter', () => {
    const desk = assisted()
      .group('help')
      .group('night')
      .agent('ben', { groups: { help: 1 } });
    desk.do('group.open', { groupId: 'night', open: false });
    desk.open('c');
    expect(handOver(desk, { groupId: 'night' }).refusal?.code).toBe('groupClosed');
    expect(handOver(desk, { groupId: 'nowhere' }).refusal?.code).toBe('unknownGroup');
    expect(handOver(desk, { groupId: 'help', priority: 2 }).refusal).toBeNull();
    expect(desk.conversation('c')).toMatchObject({ groupId: 'help', priority: 2, agentId: 'ben' });
    desk.open('d');
    desk.do('group.open', { groupId: 'sales', open: false });
    expect(askForPerson(desk, 'd').refusal).toBeNull();
    expect(desk.where('d')).toBe('rings ann');
  });

  it('[BO2] happens once: who asks second is told how it stands', () => {
    const desk = assisted();
    desk.open('c');
    askForPerson(desk);
    expect(handOver(desk).refusal).toMatchObject({ code: 'notAssisted', now: { stage: 'offered', agentId: 'ann' } });
    desk.accept('c');
    desk.close('c');
    expect(askForPerson(desk).refusal?.code).toBe('conversationClosed');
  });

  it('[BO2] prefers the last receptionist, redirects and ends long waits as of a new one', () => {
    const reception = { redirect: { enabled: true, afterSeconds: 10 } };
    const desk = assisted({ routing: { lastReceptionist: true }, reception, queue: { maxWaitSeconds: 60 } }).agent(
      'ben',
    );
    desk.open('c', { customer: 'k' });
    askForPerson(desk);
    desk.accept('c');
    desk.reply('c');
    const { agentId } = desk.conversation('c');
    desk.close('c');
    desk.open('d', { customer: 'k' });
    desk.pass(120);
    expect(desk.where('d')).toBe('assisted');
    askForPerson(desk, 'd');
    expect(ofType(desk.last.events, 'offer.made')).toMatchObject([{ agentId, why: { rule: 'LR2' } }]);
    desk.pass(10);
    expect(desk.where('d')).toBe(agentId === 'ann' ? 'rings ben' : 'rings ann');
  });

  it('[BO2] carries the customer’s words without an answer, which alert once people have it', () => {
    const desk = assisted({ assistant: { answerWithinSeconds: 120 }, unanswered: { alertMinutes: 1 } });
    desk.status('ann', 'offline');
    desk.open('c');
    write(desk);
    expect(ofType(desk.pass(100), 'conversation.overdue')).toEqual([]);
    askForPerson(desk);
    expect(ofType(desk.last.events, 'conversation.overdue')).toMatchObject([{ to: 'supervisors' }]);
  });
});

describe('an assistant that is silent or gone', () => {
  it('[BO3] is passed by when the first of the customer’s words has waited for too long, to the millisecond', () => {
    const desk = assisted();
    desk.open('c');
    desk.pass(100);
    write(desk);
    desk.pass(5);
    write(desk);
    desk.pass(4.999);
    expect(desk.where('c')).toBe('assisted');
    expect(switches(desk.pass(0.001))).toEqual([['c', 'silent']]);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[BO3] has its time anew for each of its answers, as the group sets it, at once', () => {
    const desk = assisted();
    desk.open('c');
    write(desk);
    desk.pass(9);
    answer(desk);
    desk.pass(60);
    write(desk);
    desk.pass(9);
    desk.group('sales', { assistant: { answerWithinSeconds: 20 } });
    desk.pass(10);
    expect(desk.where('c')).toBe('assisted');
    desk.group('sales', { assistant: { answerWithinSeconds: 2 } });
    expect(switches(desk.last.events)).toEqual([['c', 'silent']]);
  });

  it('[BO3] is passed by at once when its line is lost, also where nothing waits for an answer', () => {
    const desk = assisted();
    desk.open('a');
    desk.open('b');
    write(desk, 'b');
    desk.do('assistant.disconnect', { assistantId: 'bot' });
    expect(switches(desk.last.events)).toEqual([
      ['a', 'gone'],
      ['b', 'gone'],
    ]);
    expect(desk.do('assistant.disconnect', { assistantId: 'bot' }).events).toEqual([]);
  });

  it('[BO3] is passed by when it is removed, or loses the group', () => {
    const desk = assisted().group('help');
    desk.do('assistant.put', { assistantId: 'bot', name: 'Bot', groupIds: ['sales', 'help'] });
    desk.open('a');
    desk.open('b', { group: 'help' });
    desk.do('assistant.put', { assistantId: 'bot', name: 'Bot', groupIds: ['sales'] });
    expect(switches(desk.last.events)).toEqual([['b', 'withdrawn']]);
    desk.do('assistant.remove', { assistantId: 'bot' });
    expect(switches(desk.last.events)).toEqual([['a', 'withdrawn']]);
    expect(desk.do('assistant.connect', { assistantId: 'bot' }).refusal?.code).toBe('unknownAssistant');
  });

  it('[BO3] of a removed group: its conversations go to people of the group they move to', () => {
    const desk = assisted().group('help');
    desk.open('c');
    expect(desk.do('group.remove', { groupId: 'sales' }).refusal?.code).toBe('groupNotEmpty');
    desk.do('group.remove', { groupId: 'sales', moveTo: 'help' });
    expect(switches(desk.last.events)).toEqual([['c', 'withdrawn']]);
    expect(desk.conversation('c')).toMatchObject({ stage: 'waiting', groupId: 'help' });
    expect(inspect(desk.state).assistants.bot?.groupIds).toEqual([]);
  });

  it('[BO3] after a restart has as long to come back as to answer', () => {
    const desk = assisted();
    desk.open('c');
    desk.pass(60);
    desk.do('hub.started', {});
    desk.pass(9.999);
    expect(desk.where('c')).toBe('assisted');
    expect(switches(desk.pass(0.001))).toEqual([['c', 'gone']]);
  });

  it('[BO3] that is back in time has its whole time for what it has not answered, and owes nothing else', () => {
    const desk = assisted();
    desk.open('quiet');
    desk.open('asked');
    write(desk, 'asked');
    desk.do('hub.started', {});
    desk.pass(9);
    desk.do('assistant.connect', { assistantId: 'bot' });
    desk.pass(9.999);
    expect(desk.where('asked')).toBe('assisted');
    expect(switches(desk.pass(0.001))).toEqual([['asked', 'silent']]);
    desk.pass(60);
    expect(desk.where('quiet')).toBe('assisted');
  });
});

describe('a conversation that people have', () => {
  function withAnn(settings: SettingsPatch = {}): Office {
    const desk = assisted(settings);
    desk.open('c');
    askForPerson(desk);
    desk.accept('c');
    return desk;
  }
  const handBack = (desk: Office, agentId = 'ann') =>
    desk.do('conversation.handBack', { agentId, conversationId: 'c' }).refusal?.code;

  it('[BO4] goes back to the assistant by the hand of its agent only', () => {
    const desk = withAnn().agent('ben');
    desk.do('assistant.connect', { assistantId: 'bot' });
    expect(desk.where('c')).toBe('with ann');
    expect(handBack(desk, 'ben')).toBe('notYours');
    expect(handBack(desk)).toBeUndefined();
    expect(desk.where('c')).toBe('assisted');
    expect(desk.agentView('ann').load).toBe(0);
    expect(handBack(desk)).toBe('notYours');
  });

  it('[BO4] stays while the assistant is not connected, or a transfer of it rings', () => {
    const desk = withAnn().agent('ben');
    desk.do('assistant.disconnect', { assistantId: 'bot' });
    expect(handBack(desk)).toBe('assistantDisconnected');
    desk.do('assistant.connect', { assistantId: 'bot' });
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'ben' } });
    expect(handBack(desk)).toBe('conversationNotActive');
  });

  it('[BO4] handed back: wrap-up, the words without an answer are the assistant’s, the next switch a new arrival', () => {
    const desk = withAnn({ wrapUpSeconds: 5 });
    write(desk);
    desk.pass(60);
    handBack(desk);
    expect(desk.agentView('ann').wrapUps).toEqual(['c']);
    desk.pass(9.999);
    expect(desk.where('c')).toBe('assisted');
    expect(switches(desk.pass(0.001))).toEqual([['c', 'silent']]);
    expect(desk.conversation('c').enqueuedAt).toBe(desk.at);
  });

  it('[BO4] an agent takes an assisted one as what waits, from that moment on', () => {
    const desk = assisted({ routing: { agentsMayClaim: false } }).agent('ben', { groups: {} });
    desk.open('c');
    desk.pass(60);
    const claim = (agentId: string) => desk.do('conversation.claim', { agentId, conversationId: 'c' }).refusal?.code;
    expect(claim('ben')).toBe('notAMember');
    expect(claim('ann')).toBe('notAllowed');
    desk.do('settings.update', { settings: { routing: { agentsMayClaim: true } } });
    expect(claim('ann')).toBeUndefined();
    expect(desk.where('c')).toBe('with ann');
    expect(desk.conversation('c').enqueuedAt).toBe(desk.at);
    expect(inspect(desk.state).assistants.bot?.assisting).toBe(0);
  });
});

describe('a customer who is silent with an assistant', () => {
  it('[BO5] is asked, and the conversation ends, after half an hour each where no time is set', () => {
    const desk = assisted();
    desk.open('c');
    expect(ofType(desk.pass(1_799.999), 'conversation.silenceNoticed')).toEqual([]);
    expect(ofType(desk.pass(0.001), 'conversation.silenceNoticed')).toHaveLength(1);
    expect(desk.pass(1_799.999)).toEqual([]);
    expect(ofType(desk.pass(0.001), 'conversation.closed')).toMatchObject([{ reason: 'customerSilent' }]);
  });

  it('[BO5] counts from the assistant’s last message, by the setting, and stops for the customer’s words', () => {
    const desk = assisted({ customerSilenceSeconds: 30 });
    desk.open('c');
    desk.pass(29);
    answer(desk);
    desk.pass(29);
    write(desk);
    answer(desk);
    expect(ofType(desk.pass(29), 'conversation.silenceNoticed')).toEqual([]);
    expect(ofType(desk.pass(1), 'conversation.silenceNoticed')).toHaveLength(1);
    write(desk);
    answer(desk);
    expect(ofType(desk.pass(59), 'conversation.closed')).toEqual([]);
    expect(ofType(desk.pass(1), 'conversation.closed')).toHaveLength(1);
  });
});
