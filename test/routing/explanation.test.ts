import { describe, expect, it } from 'vitest';
import type { Why } from '../../shared/routing';
import { type Office, office, ofType } from '../support/routing';

const nobody = { offline: 0, disconnected: 0, busy: 0, shortBreak: 0, full: 0, cooling: 0, tried: 0, lowerPriority: 0 };

function lastWhy(desk: Office): Why | undefined {
  return ofType(desk.recorded, 'offer.made').at(-1)?.why;
}

describe('the reason', () => {
  it('[EX1] names the rule, the runner-up, and nobody else when nobody was passed over', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('c');
    expect(lastWhy(desk)).toEqual({ rule: 'CH1', runnerUp: 'bob', skipped: nobody });
  });

  it('[EX1] counts each member who was passed over under the first reason that applies', () => {
    const desk = office({ presence: { conversationGraceSeconds: 600 } })
      .agent('off', { status: 'offline' })
      .agent('off too', { status: 'offline', connected: false })
      .agent('gone', { connected: false })
      .agent('gone busy', { connected: false, status: 'busy' })
      .agent('busy', { status: 'busy' })
      .agent('break', { status: 'shortBreak' })
      .agent('full');
    desk.open('x');
    desk.accept('x');
    desk.agent('ann');
    desk.open('c');
    expect(lastWhy(desk)).toEqual({
      rule: 'CH1',
      runnerUp: null,
      skipped: { ...nobody, offline: 2, disconnected: 2, busy: 1, shortBreak: 1, full: 1 },
    });
  });

  it('[EX1] counts who was tried, and who declined and still cools', () => {
    const desk = office({ reception: { roundPauseSeconds: 2 } }, 'ann', 'bob', 'cem');
    desk.open('c');
    desk.decline('c');
    expect(lastWhy(desk)).toMatchObject({ runnerUp: 'cem', skipped: { ...nobody, tried: 1 } });
    desk.pass(1);
    desk.decline('c');
    desk.pass(1);
    desk.decline('c');
    desk.pass(8);
    // A new round, ann may again, bob and cem cool on.
    expect(lastWhy(desk)).toEqual({ rule: 'CH1', runnerUp: null, skipped: { ...nobody, cooling: 2 } });
  });

  it('[EX1] counts the able ones of a worse priority', () => {
    const desk = office({ routing: { agentPriority: true } })
      .agent('first')
      .agent('second', { groups: { sales: 2 } })
      .agent('third', { groups: { sales: 3 } })
      .agent('fourth', { groups: { sales: 3 } });
    desk.open('1');
    expect(lastWhy(desk)).toEqual({ rule: 'CH2', runnerUp: 'second', skipped: { ...nobody, lowerPriority: 3 } });
    desk.decline('1');
    expect(lastWhy(desk)).toEqual({
      rule: 'CH2',
      runnerUp: 'fourth',
      skipped: { ...nobody, tried: 1, lowerPriority: 2 },
    });
  });

  it('[EX1] one who was tried counts as tried, not as of a worse priority', () => {
    const desk = office({ routing: { agentPriority: true } })
      .agent('first', { status: 'busy' })
      .agent('second', { groups: { sales: 2 } })
      .agent('third', { groups: { sales: 3 } });
    desk.open('1');
    desk.status('second', 'busy');
    expect(desk.where('1')).toBe('rings third');
    desk.status('second', 'online');
    desk.status('first', 'online');
    desk.decline('1');
    expect(lastWhy(desk)).toEqual({ rule: 'CH2', runnerUp: null, skipped: { ...nobody, tried: 2 } });
  });

  it('[EX1] an automatic assignment and an accepted offer say it too', () => {
    const desk = office({ reception: { automatic: true } }, 'ann');
    desk.open('c');
    expect(ofType(desk.recorded, 'conversation.assigned')[0]?.why.rule).toBe('CH1');
    const byHand = office({}, 'ann');
    byHand.open('c');
    byHand.accept('c');
    expect(ofType(byHand.recorded, 'conversation.assigned')[0]?.why).toEqual(lastWhy(byHand));
  });

  it('[EX1] a paced agent counts as cooling', () => {
    const desk = office({ reception: { automatic: true } }).agent('ann', { capacity: 9, status: 'offline' });
    desk.open('1');
    desk.open('2');
    desk.open('3');
    desk.status('ann', 'online');
    desk.agent('bob');
    const why = ofType(desk.recorded, 'conversation.assigned').at(-1)?.why;
    expect(why?.skipped.cooling).toBe(1);
  });
});

describe('what holds by itself', () => {
  it('[I1] an open conversation waits, rings or is with somebody', () => {
    const desk = office({}, 'ann');
    const stages = [];
    desk.open('c');
    stages.push(desk.conversation('c').stage);
    desk.decline('c');
    stages.push(desk.conversation('c').stage);
    desk.pass(10);
    desk.accept('c');
    stages.push(desk.conversation('c').stage);
    desk.close('c');
    stages.push(desk.conversation('c').stage);
    expect(stages).toEqual(['offered', 'waiting', 'active', 'closed']);
  });

  it('[I3] a conversation rings at one agent at a time', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('c');
    expect(ofType(desk.last.events, 'offer.made')).toHaveLength(1);
    expect([desk.agentView('ann').load, desk.agentView('bob').load]).toEqual([1, 0]);
  });

  it('[I4] an agent who leaves in the same instant gets nothing more', () => {
    const desk = office({}, 'ann');
    desk.open('1');
    desk.accept('1');
    desk.open('2');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.close('1');
    expect(desk.where('2')).toBe('waiting');
  });

  it('[I8] the older of two goes to the agent both could have, also across groups', () => {
    const desk = office({})
      .group('help')
      .agent('ann', { status: 'busy', groups: { sales: 1, help: 1 } });
    desk.open('older', { group: 'help' });
    desk.at += 1;
    desk.open('younger');
    desk.at += 1;
    desk.open('urgent', { group: 'help', priority: 1 });
    desk.status('ann', 'online');
    expect([desk.where('urgent'), desk.where('older'), desk.where('younger')]).toEqual([
      'rings ann',
      'waiting',
      'waiting',
    ]);
    desk.do('conversation.leave', { conversationId: 'urgent' });
    expect(desk.where('older')).toBe('rings ann');
  });
});
