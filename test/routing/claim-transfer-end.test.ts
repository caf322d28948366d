import { describe, expect, it } from 'vitest';
import { route, type SettingsPatch } from '../../shared/routing';
import { type Office, office, ofType } from '../support/routing';

/** `c` is active with ann; bob is there and free. */
function served(settings: SettingsPatch = {}): Office {
  const desk = office(settings, 'ann');
  desk.open('c');
  desk.accept('c');
  return desk.agent('bob');
}

function transfer(desk: Office, to: { agentId: string } | { groupId: string }) {
  return desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to });
}

describe('claim', () => {
  it('[TR1] a member may claim what waits', () => {
    const desk = office({}).agent('ann', { status: 'busy' });
    desk.open('c');
    const { events } = desk.do('conversation.claim', { agentId: 'ann', conversationId: 'c' });
    expect(ofType(events, 'conversation.assigned')).toMatchObject([{ how: 'claimed', why: { rule: 'TR1' } }]);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[TR1] not where agents may not, and not from outside the group', () => {
    const desk = office({ routing: { agentsMayClaim: false } }).group('help');
    desk.agent('ann', { status: 'busy' }).agent('zoe', { groups: { help: 1 } });
    desk.open('c');
    const claim = (agentId: string, force = false) => {
      return desk.do('conversation.claim', { agentId, conversationId: 'c', force }).refusal?.code;
    };
    expect(claim('ann')).toBe('notAllowed');
    expect(claim('zoe')).toBe('notAMember');
    expect(claim('zoe', true)).toBeUndefined();
  });

  it('[TR1] what rings elsewhere only with force', () => {
    const desk = office({}, 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    const claim = { agentId: 'bob', conversationId: 'c' };
    expect(desk.do('conversation.claim', claim).refusal).toMatchObject({ code: 'notAllowed', now: { agentId: 'ann' } });
    const { events } = desk.do('conversation.claim', { ...claim, force: true });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ agentId: 'ann', outcome: 'withdrawn', miss: false }]);
    expect(desk.where('c')).toBe('with bob');
  });

  it('[TR1] of two in the same instant one gets it, and the other hears who', () => {
    const desk = office({}).agent('ann', { status: 'busy' }).agent('bob', { status: 'busy' });
    desk.open('c');
    expect(desk.do('conversation.claim', { agentId: 'ann', conversationId: 'c' }).refusal).toBeNull();
    expect(desk.do('conversation.claim', { agentId: 'bob', conversationId: 'c' }).refusal).toMatchObject({
      code: 'alreadyTaken',
      now: { agentId: 'ann', stage: 'active' },
    });
  });

  it('[TR1] an accept after a forced claim hears who', () => {
    const desk = office({}, 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    const { offerId = '' } = desk.conversation('c');
    desk.do('conversation.claim', { agentId: 'bob', conversationId: 'c', force: true });
    expect(desk.do('offer.accept', { agentId: 'ann', offerId }).refusal).toMatchObject({
      code: 'offerGone',
      now: { outcome: 'withdrawn', agentId: 'bob' },
    });
  });

  it('[TR1] claiming what rings at oneself accepts it', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    const { events } = desk.do('conversation.claim', { agentId: 'ann', conversationId: 'c' });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'accepted' }]);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[TR1] a sender takes back, with force, what they are handing over, and it uses one slot', () => {
    const desk = served();
    transfer(desk, { agentId: 'bob' });
    const { events } = desk.do('conversation.claim', { agentId: 'ann', conversationId: 'c', force: true });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ agentId: 'bob', outcome: 'withdrawn', miss: false }]);
    expect(desk.where('c')).toBe('with ann');
    expect(desk.agentView('ann').load).toBe(1);
    expect(desk.conversation('c').fromAgentId).toBeUndefined();
    desk.close('c');
    expect(desk.agentView('ann').load).toBe(0);
  });

  it('[TR1] needs a workstation', () => {
    const desk = office({}).agent('ann', { connected: false, status: 'offline' });
    desk.open('c');
    const { refusal } = desk.do('conversation.claim', { agentId: 'ann', conversationId: 'c', force: true });
    expect(refusal?.code).toBe('agentDisconnected');
  });
});

describe('transfer', () => {
  it('[TR2] rings at the target with the note and the redirect time, even with redirect off, and uses the slot', () => {
    const desk = served();
    const { events } = desk.do('conversation.transfer', {
      agentId: 'ann',
      conversationId: 'c',
      to: { agentId: 'bob' },
      note: 'wants a refund',
    });
    expect(ofType(events, 'offer.made')).toMatchObject([
      { kind: 'transfer', agentId: 'bob', fromAgentId: 'ann', note: 'wants a refund', deadline: desk.at + 30_000 },
    ]);
    expect(desk.conversation('c')).toMatchObject({ stage: 'offered', agentId: 'bob', fromAgentId: 'ann' });
    expect(desk.agentView('ann').load).toBe(1);
    expect(desk.agentView('bob').load).toBe(1);
  });

  it('[TR2] rings in automatic reception too', () => {
    const desk = office({ reception: { automatic: true } }, 'ann');
    desk.open('c');
    desk.reply('c');
    desk.agent('bob');
    transfer(desk, { agentId: 'bob' });
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[TR2] accepted: the target has it, the sender is free', () => {
    const desk = served();
    transfer(desk, { agentId: 'bob' });
    const { events } = desk.accept('c');
    expect(ofType(events, 'conversation.assigned')).toMatchObject([
      { agentId: 'bob', how: 'transferred', fromAgentId: 'ann', groupId: 'sales', why: { rule: 'TR2' } },
    ]);
    expect(desk.agentView('ann').load).toBe(0);
    expect(desk.conversation('c').fromAgentId).toBeUndefined();
  });

  it.each(['missed', 'declined'])('[TR2] %s: back to the sender, active, with a notice', (how) => {
    const desk = served();
    transfer(desk, { agentId: 'bob' });
    const events = how === 'missed' ? desk.pass(30) : desk.decline('c').events;
    expect(ofType(events, 'conversation.transferFailed')).toMatchObject([{ agentId: 'ann', targetAgentId: 'bob' }]);
    expect(desk.where('c')).toBe('with ann');
    expect(desk.agentView('ann').load).toBe(1);
  });

  it('[TR2] given automatically and handed over unanswered: back with the sender, no time to answer runs on', () => {
    const desk = office({ reception: { automatic: true, redirect: { enabled: true } } }, 'ann');
    desk.open('c');
    desk.agent('bob');
    transfer(desk, { agentId: 'bob' });
    desk.pass(8);
    desk.decline('c');
    expect(desk.where('c')).toBe('with ann');
    expect(desk.conversation('c').attendBy).toBeUndefined();
    const events = desk.pass(60);
    expect(ofType(events, 'conversation.returned')).toEqual([]);
    expect(desk.agentView('ann').connected).toBe(true);
  });

  it.each(['disconnected', 'offline', 'removed'])('[TR2] with the sender %s it is queued', (how) => {
    const desk = served();
    transfer(desk, { agentId: 'bob' });
    desk.status('bob', 'busy');
    if (how === 'disconnected') desk.do('agent.disconnect', { agentId: 'ann' });
    else if (how === 'offline') desk.status('ann', 'offline');
    else desk.do('agent.remove', { agentId: 'ann' });
    expect(desk.where('c')).toBe('rings bob');
    desk.decline('c');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[TR2] keeps its group if the target is in it, else takes the first of the target, when it is accepted', () => {
    const desk = served().group('help').group('billing');
    desk.agent('zoe', { groups: { help: 1, billing: 1 } });
    transfer(desk, { agentId: 'zoe' });
    expect(desk.conversation('c').groupId).toBe('sales');
    desk.accept('c');
    expect(desk.conversation('c').groupId).toBe('help');
  });

  it.each([
    ['offline', 'agentUnavailable'],
    ['shortBreak', 'agentUnavailable'],
  ] as const)('[TR2] to an agent who is %s is refused', (status, code) => {
    const desk = served();
    desk.status('bob', status);
    expect(transfer(desk, { agentId: 'bob' }).refusal?.code).toBe(code);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[TR2] to one who is disconnected, unknown, oneself, or of what is not one’s own is refused', () => {
    const desk = served();
    expect(transfer(desk, { agentId: 'ann' }).refusal?.code).toBe('alreadyYours');
    expect(transfer(desk, { agentId: 'nobody' }).refusal?.code).toBe('unknownAgent');
    expect(transfer(desk, { groupId: 'nowhere' }).refusal?.code).toBe('unknownGroup');
    const other = desk.do('conversation.transfer', { agentId: 'bob', conversationId: 'c', to: { groupId: 'sales' } });
    expect(other.refusal).toMatchObject({ code: 'notYours', now: { agentId: 'ann' } });
    desk.do('agent.disconnect', { agentId: 'bob' });
    expect(transfer(desk, { agentId: 'bob' }).refusal?.code).toBe('agentDisconnected');
  });

  it('[TR2] cannot be handed over twice at once', () => {
    const desk = served().agent('cem');
    transfer(desk, { agentId: 'bob' });
    expect(transfer(desk, { agentId: 'cem' }).refusal?.code).toBe('conversationNotActive');
  });

  it('[TR2] to a group: queued there at its old time, the sender tried, with a warning if nobody is online', () => {
    const desk = served().group('help');
    const { enqueuedAt } = desk.conversation('c');
    desk.at += 60_000;
    const groups = [{ groupId: 'help', priority: 1 }];
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 1, groups });
    const { events } = transfer(desk, { groupId: 'help' });
    expect(ofType(events, 'conversation.queued')).toMatchObject([
      { groupId: 'help', enqueuedAt, reason: 'transferred' },
    ]);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(10);
    expect(desk.where('c')).toBe('rings ann');
    desk.group('empty');
    desk.accept('c');
    const empty = transfer(desk, { groupId: 'empty' });
    expect(empty.refusal).toBeNull();
    expect(ofType(empty.events, 'conversation.queued')).toMatchObject([{ nobodyOnline: true }]);
  });
});

describe('the end', () => {
  it.each(['waiting', 'offered', 'active', 'handed over'])('[TR3] the customer may leave while it is %s', (stage) => {
    const desk = stage === 'waiting' ? office({}) : office({}, 'ann');
    desk.open('c');
    if (stage === 'active' || stage === 'handed over') desk.accept('c');
    if (stage === 'handed over') transfer(desk.agent('bob'), { agentId: 'bob' });
    const { events } = desk.do('conversation.leave', { conversationId: 'c' });
    expect(ofType(events, 'conversation.closed')).toMatchObject([{ by: 'customer', reason: 'left' }]);
    expect(desk.where('c')).toBe('closed');
    if (stage !== 'waiting') expect(desk.agentView('ann').load).toBe(0);
  });

  it('[TR3] a second end is refused, says who was first, and changes nothing', () => {
    const desk = served();
    desk.do('conversation.leave', { conversationId: 'c' });
    const { events, refusal } = desk.do('conversation.close', { conversationId: 'c', by: 'agent', agentId: 'ann' });
    expect(events).toEqual([]);
    expect(refusal).toMatchObject({ code: 'conversationClosed', now: { stage: 'closed', closedBy: 'customer' } });
  });

  it('[TR3] an agent ends their own, not another’s', () => {
    const desk = served();
    const close = (agentId: string) => desk.do('conversation.close', { conversationId: 'c', by: 'agent', agentId });
    expect(close('bob').refusal?.code).toBe('notYours');
    expect(ofType(close('ann').events, 'conversation.closed')).toMatchObject([
      { by: 'agent', agentId: 'ann', closedByAgentId: 'ann' },
    ]);
  });

  it('[TR3] the last thousand that have ended are remembered, and not a year of them', () => {
    const { state, at } = office({}, 'ann');
    const leave = (conversationId: string) => route(state, { type: 'conversation.leave', at, conversationId }).refusal;
    const ids = Array.from({ length: 3_000 }, (_, index) => `c${index}`);
    for (const id of ids) {
      route(state, { type: 'conversation.open', at, conversationId: id, customerId: `of ${id}`, groupId: 'sales' });
      expect(leave(id)).toBeNull();
    }
    for (const id of ids.slice(-1_000)) expect(leave(id)?.code).toBe('conversationClosed');
    expect(leave(ids[0]!)?.code).toBe('unknownConversation');
  });

  it('[TR3] a closed id is not opened again', () => {
    const desk = served();
    desk.close('c');
    expect(desk.open('c').refusal?.code).toBe('conversationClosed');
  });

  it('[TR4] a silent customer gets a notice, and after as long again the end', () => {
    const desk = served({ customerSilenceSeconds: 60 });
    desk.reply('c');
    expect(ofType(desk.pass(59.999), 'conversation.silenceNoticed')).toEqual([]);
    expect(ofType(desk.pass(0.001), 'conversation.silenceNoticed')).toHaveLength(1);
    expect(desk.where('c')).toBe('with ann');
    expect(ofType(desk.pass(60), 'conversation.closed')).toMatchObject([{ by: 'system', reason: 'customerSilent' }]);
  });

  it('[TR4] an answer stops it, another message of the agent starts it anew', () => {
    const desk = served({ customerSilenceSeconds: 60 });
    desk.reply('c');
    desk.pass(60);
    desk.do('message.sent', { conversationId: 'c', from: 'customer' });
    desk.pass(600);
    desk.reply('c');
    desk.pass(59);
    desk.reply('c');
    desk.pass(119);
    expect(desk.where('c')).toBe('with ann');
    desk.pass(1);
    expect(desk.where('c')).toBe('closed');
  });

  it('[TR4] without a message of an agent nobody is silent', () => {
    const desk = served({ customerSilenceSeconds: 60 });
    desk.pass(6_000);
    expect(desk.where('c')).toBe('with ann');
  });
});
