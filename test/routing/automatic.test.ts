import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { office, ofType } from '../support/routing';

const automatic: SettingsPatch = { reception: { automatic: true } };
const withRedirect: SettingsPatch = { reception: { automatic: true, redirect: { enabled: true, afterSeconds: 20 } } };

describe('automatic reception', () => {
  it('[AR1] gives it at once, without an offer', () => {
    const desk = office(automatic, 'ann');
    const { events } = desk.open('c');
    expect(ofType(events, 'offer.made')).toEqual([]);
    expect(ofType(events, 'conversation.assigned')).toMatchObject([
      { conversationId: 'c', agentId: 'ann', how: 'automatic', ackBy: desk.at + 5_000, attendBy: null },
    ]);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[AR1] never beyond capacity', () => {
    const desk = office(automatic).agent('ann', { capacity: 2 });
    for (const id of ['1', '2', '3']) desk.open(id);
    expect(desk.agentView('ann').load).toBe(2);
    expect(desk.queue()).toEqual(['3']);
  });

  it('[AR2] returns what the workstation does not confirm within 5 s, and takes the agent for disconnected', () => {
    const desk = office(automatic, 'ann');
    desk.open('c');
    expect(desk.pass(4.999)).toEqual([]);
    const events = desk.pass(0.001);
    expect(ofType(events, 'conversation.returned')).toMatchObject([{ conversationId: 'c', miss: false }]);
    expect(ofType(events, 'agent.disconnected')).toMatchObject([{ agentId: 'ann', cause: 'notAcknowledged' }]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', connected: false, missedInARow: 0 });
    expect(desk.where('c')).toBe('waiting');
  });

  it.each(['ack', 'reply'] as const)('[AR2] an %s is enough', (how) => {
    const desk = office(automatic, 'ann');
    desk.open('c');
    desk.at += 4_999;
    if (how === 'ack') desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    else desk.reply('c');
    desk.pass(60);
    expect(desk.where('c')).toBe('with ann');
    expect(desk.agentView('ann').connected).toBe(true);
  });

  it('[AR2] refuses an ack by somebody else, and takes a second one without a word', () => {
    const desk = office(automatic, 'ann', 'bob');
    desk.open('c');
    expect(desk.do('conversation.ack', { agentId: 'bob', conversationId: 'c' }).refusal?.code).toBe('notYours');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    expect(desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' })).toEqual({ events: [], refusal: null });
  });

  it.each([true, false])('[AR3] by hand it rings; a countdown only with redirect (%s)', (enabled) => {
    const desk = office({ reception: { redirect: { enabled, afterSeconds: 25 } } }, 'ann');
    desk.open('c');
    expect(desk.conversation('c')).toMatchObject({
      stage: 'offered',
      agentId: 'ann',
      deadline: enabled ? desk.at + 25_000 : null,
    });
    desk.accept('c');
    expect(desk.where('c')).toBe('with ann');
  });

  it('[AR4] fills an agent who comes online with one every half second, oldest first', () => {
    const desk = office(automatic).agent('ann', { capacity: 9, status: 'offline' });
    for (const id of ['1', '2', '3']) {
      desk.open(id);
      desk.at += 1;
    }
    desk.status('ann', 'online');
    const given = () => ['1', '2', '3'].filter((id) => desk.where(id) === 'with ann');
    expect(given()).toEqual(['1']);
    desk.pass(0.499);
    expect(given()).toEqual(['1']);
    desk.pass(0.001);
    expect(given()).toEqual(['1', '2']);
    desk.pass(0.5);
    expect(given()).toEqual(['1', '2', '3']);
  });

  it('[AR4] does not spread out what arrives later', () => {
    const desk = office(automatic).agent('ann', { capacity: 9, status: 'offline' });
    desk.open('waited');
    desk.status('ann', 'online');
    desk.open('1');
    desk.open('2');
    expect([desk.where('1'), desk.where('2')]).toEqual(['with ann', 'with ann']);
  });

  it('[AR4] gives a paced one to somebody else who is able', () => {
    const desk = office(automatic).agent('ann', { capacity: 9, status: 'offline' });
    desk.open('1');
    desk.open('2');
    desk.status('ann', 'online');
    expect(desk.where('2')).toBe('waiting');
    desk.agent('bob');
    expect(desk.where('2')).toBe('with bob');
  });

  it('[AR4] is over when the agent is full: raising capacity assigns at once', () => {
    const desk = office(automatic).agent('ann', { status: 'offline' });
    for (const id of ['1', '2', '3']) desk.open(id);
    desk.status('ann', 'online');
    desk.reply('1');
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 3, groups: [{ groupId: 'sales', priority: 1 }] });
    expect(desk.queue()).toEqual([]);
  });

  it('[AR5] an own switch counts only where agents may choose', () => {
    const desk = office({}, 'ann');
    desk.do('agent.reception', { agentId: 'ann', automatic: true });
    desk.open('1');
    expect(desk.where('1')).toBe('rings ann');
    desk.accept('1');
    desk.close('1');
    desk.do('settings.update', { settings: { reception: { agentMayChoose: true } } });
    desk.open('2');
    expect(desk.where('2')).toBe('with ann');
  });

  it.each([
    [true, 'with ann'],
    [false, 'rings ann'],
    [null, 'with ann'],
  ])('[AR5] own switch %s in an automatic group: %s', (own, where) => {
    const desk = office({ reception: { automatic: true, agentMayChoose: true } }, 'ann');
    desk.do('agent.reception', { agentId: 'ann', automatic: own });
    desk.open('c');
    expect(desk.where('c')).toBe(where);
  });

  it('[AR5] counts for new conversations only', () => {
    const desk = office({ reception: { agentMayChoose: true } }, 'ann');
    desk.open('c');
    desk.do('agent.reception', { agentId: 'ann', automatic: true });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD1] goes on when the first reply is late, to another', () => {
    const desk = office(withRedirect, 'ann', 'bob');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    expect(desk.conversation('c').attendBy).toBe(desk.at + 20_000);
    const events = desk.pass(20);
    expect(ofType(events, 'conversation.returned')).toMatchObject([{ agentId: 'ann', reason: 'timedOut', miss: true }]);
    expect(desk.where('c')).toBe('with bob');
    desk.reply('c');
    expect(desk.conversation('c').attendBy).toBeUndefined();
    desk.pass(60);
    expect(desk.where('c')).toBe('with bob');
  });

  it('[RD1] a message of the customer is no reply', () => {
    const desk = office(withRedirect, 'ann');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    desk.do('message.sent', { conversationId: 'c', from: 'customer' });
    desk.pass(20);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[SB3] leaving online returns an unanswered one with redirect, and not an answered one', () => {
    const desk = office(withRedirect).agent('ann', { capacity: 2 });
    desk.open('answered');
    desk.reply('answered');
    desk.open('unanswered');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'unanswered' });
    desk.status('ann', 'busy');
    expect(desk.where('answered')).toBe('with ann');
    expect(desk.where('unanswered')).toBe('waiting');
    expect(desk.agentView('ann').missedInARow).toBe(0);
  });

  it('[SB3] without redirect it stays and is flagged, until it is answered', () => {
    const desk = office(automatic, 'ann', 'bob');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    desk.status('ann', 'shortBreak');
    expect(desk.conversation('c')).toMatchObject({ stage: 'active', agentId: 'ann', flagged: true });
    desk.reply('c');
    expect(desk.conversation('c').flagged).toBe(false);
  });

  it('[SB1] counts a miss without redirect, breaks, and leaves it with the agent, flagged', () => {
    const desk = office({ reception: { automatic: true, shortBreak: { enabled: true, afterSeconds: 15 } } }, 'ann');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    const events = desk.pass(15);
    expect(ofType(events, 'agent.changed')).toMatchObject([
      { status: 'shortBreak', cause: 'timeout', conversationId: 'c' },
    ]);
    expect(desk.conversation('c')).toMatchObject({ stage: 'active', agentId: 'ann', flagged: true });
  });
});
