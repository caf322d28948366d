import { describe, expect, it } from 'vitest';
import {
  apply,
  createRouting,
  exportState,
  importState,
  inspect,
  nextDeadline,
  type RoutingEvent,
  type RoutingState,
  type SavedRouting,
} from '../../shared/routing';
import { Office, office, ofType } from '../support/routing';

const redirect = { reception: { redirect: { enabled: true, afterSeconds: 30 } } };

describe('time', () => {
  it('[TM1] never goes back, and a command from the past changes nothing', () => {
    const desk = office({}, 'ann');
    const before = JSON.stringify(exportState(desk.state));
    const { events, refusal } = desk.send({ type: 'tick', at: desk.at - 1 });
    expect(events).toEqual([]);
    expect(refusal).toMatchObject({ code: 'timeBackwards', field: 'at' });
    expect(JSON.stringify(exportState(desk.state))).toBe(before);
  });

  it('[TM1] may stand still', () => {
    const desk = office({}, 'ann');
    expect(desk.do('tick', {}).refusal).toBeNull();
  });

  it('[TM1] ends what is due before the command, in order, so a refusal may bring events', () => {
    const desk = office(redirect, 'ann', 'bob');
    desk.open('1');
    desk.at += 1_000;
    desk.open('2');
    desk.at += 100_000;
    const { events, refusal } = desk.do('conversation.leave', { conversationId: 'nothing' });
    expect(refusal?.code).toBe('unknownConversation');
    expect(ofType(events, 'offer.ended').map(({ conversationId }) => conversationId)).toEqual(['1', '2']);
    expect(ofType(events, 'offer.made')).toHaveLength(2);
  });

  it.each(['accept', 'decline'] as const)('[TM1] a command at the deadline comes too late: %s', (how) => {
    const desk = office(redirect, 'ann');
    desk.open('c');
    desk.at += 30_000;
    const { events, refusal } = desk[how]('c');
    expect(refusal).toMatchObject({ code: 'offerGone', now: { outcome: 'timedOut' } });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'timedOut' }]);
  });

  it('[TM1] an offer made late counts from when it was made', () => {
    const desk = office(redirect, 'ann', 'bob');
    desk.open('c');
    desk.at += 500_000;
    desk.do('tick', {});
    expect(desk.conversation('c').deadline).toBe(desk.at + 30_000);
  });

  it('[TM1] nextDeadline is the earliest, and null when nothing runs', () => {
    const desk = office(redirect, 'ann');
    expect(nextDeadline(desk.state)).toBeNull();
    desk.open('c');
    expect(nextDeadline(desk.state)).toBe(desk.at + 30_000);
    desk.do('agent.disconnect', { agentId: 'ann' });
    expect(nextDeadline(desk.state)).toBe(desk.at + 5_000);
    desk.do('agent.connect', { agentId: 'ann' });
    desk.accept('c');
    expect(nextDeadline(desk.state)).toBeNull();
  });

  it('[TM1] after sleep overdue offers end once and nobody has missed them', () => {
    const reception = {
      redirect: { enabled: true, afterSeconds: 30 },
      shortBreak: { enabled: true, afterSeconds: 20 },
    };
    const desk = office({ reception }).agent('ann', { capacity: 2 }).agent('bob');
    desk.open('1');
    desk.open('2');
    desk.open('3');
    desk.at += 8 * 3_600_000;
    const { events } = desk.do('tick', { sleptMs: 8 * 3_600_000 });
    const ended = ofType(events, 'offer.ended');
    expect(ended.map(({ outcome, miss }) => [outcome, miss])).toEqual([
      ['timedOut', false],
      ['timedOut', false],
      ['timedOut', false],
    ]);
    expect(ofType(events, 'agent.changed')).toEqual([]);
    for (const agentId of ['ann', 'bob']) expect(desk.agentView(agentId)).toMatchObject({ missedInARow: 0 });
  });

  it('[TM1] after sleep nobody has missed what was to be redirected in the same instant', () => {
    const reception = { redirect: { enabled: true }, shortBreak: { enabled: true } };
    const desk = office({ reception }, 'ann');
    desk.open('c');
    desk.at += 3_600_000;
    const { events } = desk.do('tick', { sleptMs: 3_600_000 });
    expect(ofType(events, 'offer.ended').map(({ outcome, miss }) => [outcome, miss])).toEqual([['timedOut', false]]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[TM1] after sleep a redirect that ran out is no miss either', () => {
    const desk = office({ reception: { redirect: { enabled: true }, shortBreak: { enabled: true } } }, 'ann');
    desk.open('c');
    desk.at += 3_600_000;
    const { events } = desk.do('tick', { sleptMs: 3_600_000 });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'timedOut', miss: false }]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[TM1] after sleep a late first reply is no miss', () => {
    const reception = { automatic: true, redirect: { enabled: true }, shortBreak: { enabled: true } };
    const desk = office({ reception }, 'ann');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    desk.at += 3_600_000;
    const { events } = desk.do('tick', { sleptMs: 3_600_000 });
    expect(ofType(events, 'conversation.returned')).toMatchObject([{ reason: 'timedOut', miss: false }]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[TM1] after sleep a miss without redirect is not counted later either', () => {
    const desk = office({ reception: { shortBreak: { enabled: true } } }, 'ann');
    desk.open('c');
    desk.at += 3_600_000;
    desk.do('tick', { sleptMs: 3_600_000 });
    desk.pass(3_600);
    expect(desk.where('c')).toBe('rings ann');
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[I5] no offer is there at or after its deadline', () => {
    const desk = office(redirect, 'ann');
    desk.open('c');
    const { deadline } = desk.conversation('c');
    desk.at = deadline ?? 0;
    desk.do('tick', {});
    expect(desk.where('c')).toBe('waiting');
  });

  it('[I11] a second tick at the same time does nothing', () => {
    const desk = office(redirect, 'ann', 'bob');
    desk.open('c');
    desk.at += 30_000;
    expect(desk.do('tick', {}).events.length).toBeGreaterThan(0);
    expect(desk.do('tick', {}).events).toEqual([]);
  });
});

/** A day in small: offers, misses, a transfer, a disconnect, a flag and a change of settings. */
function busyDay(): Office {
  const desk = office({ ...redirect, routing: { lastReceptionist: true } }).group('help');
  desk.agent('ann', { capacity: 2, groups: { sales: 1, help: 2 } }).agent('bob');
  for (const id of ['1', '2', '3', '4']) desk.open(id);
  desk.accept('1');
  desk.reply('1');
  desk.pass(31);
  desk.decline(inspect(desk.state).queue.length > 0 ? '2' : '3');
  desk.do('conversation.transfer', { agentId: 'ann', conversationId: '1', to: { groupId: 'help' } });
  desk.do('settings.update', { settings: { wrapUpSeconds: 5, reception: { maxRedirects: 1 } } });
  desk.do('agent.disconnect', { agentId: 'bob' });
  desk.pass(90);
  return desk;
}

describe('what is recorded', () => {
  it('[I10] rebuilds the state event by event, from plain JSON', () => {
    const desk = busyDay();
    const replica = createRouting();
    for (const event of JSON.parse(JSON.stringify(desk.recorded)) as RoutingEvent[]) apply(replica, event);
    expect(inspect(replica)).toEqual(inspect(desk.state));
    expect(exportState(replica)).toEqual(exportState(desk.state));
    expect(nextDeadline(replica)).toBe(nextDeadline(desk.state));
  });

  it('[I10] every event says when, and what it is', () => {
    for (const event of busyDay().recorded) {
      expect(typeof event.type).toBe('string');
      expect(Number.isFinite(event.at)).toBe(true);
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    }
  });

  it('[I10] a saved state goes on as the one it was taken from', () => {
    const desk = busyDay();
    const twin = new Office();
    twin.state = importState(JSON.parse(JSON.stringify(exportState(desk.state))) as SavedRouting);
    const next = (state: RoutingState) => [exportState(state), inspect(state), nextDeadline(state)];
    expect(next(twin.state)).toEqual(next(desk.state));
  });

  it('[I10] an event of a newer version is not half understood', () => {
    const state = createRouting();
    expect(() => apply(state, { type: 'agent.cloned', at: 1 } as unknown as RoutingEvent)).toThrow('agent.cloned');
    expect(() => importState({ version: 99 } as SavedRouting)).toThrow('99');
  });
});
