import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { office, ofType } from '../support/routing';

interface Times {
  misses?: number;
  after?: number;
  redirectAfter?: number;
  endAfter?: number;
}

/** A short break after so long; redirect only when a time is given for it. */
function settings({ misses = 1, after = 30, redirectAfter, endAfter = 0 }: Times = {}): SettingsPatch {
  return {
    reception: {
      shortBreak: { enabled: true, afterSeconds: after, misses, endAfterSeconds: endAfter },
      redirect: { enabled: redirectAfter !== undefined, afterSeconds: redirectAfter ?? 30 },
    },
  };
}

describe('short break', () => {
  it('[SB1] after one conversation unattended, with the conversation named', () => {
    const desk = office(settings({ redirectAfter: 30 }), 'ann', 'bob');
    desk.open('c');
    const events = desk.pass(30);
    expect(ofType(events, 'agent.changed')).toMatchObject([
      { agentId: 'ann', status: 'shortBreak', cause: 'timeout', conversationId: 'c' },
    ]);
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[SB1] works without redirect', () => {
    const desk = office(settings(), 'ann', 'bob');
    desk.open('c');
    expect(desk.conversation('c').deadline).toBeNull();
    const events = desk.pass(30);
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'timedOut', miss: true }]);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[SB1] redirect works without a break', () => {
    const desk = office({ reception: { redirect: { enabled: true } } }, 'ann');
    desk.open('c');
    desk.pass(200);
    expect(desk.agentView('ann').status).toBe('online');
  });

  it('[SB1] without redirect an earlier miss only counts, and the offer rings on', () => {
    const desk = office(settings({ misses: 2 })).agent('ann', { capacity: 2 });
    desk.open('1');
    desk.pass(100);
    expect(desk.where('1')).toBe('rings ann');
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 1 });
    desk.open('2');
    const events = desk.pass(30);
    expect(ofType(events, 'offer.ended')).toMatchObject([
      { conversationId: '2', outcome: 'timedOut' },
      { conversationId: '1', outcome: 'withdrawn' },
    ]);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    expect(desk.queue()).toEqual(['1', '2']);
  });

  it.each([
    [10, 20],
    [20, 10],
  ])('[SB1] with both on the earlier time counts: break %s, redirect %s', (after, redirectAfter) => {
    const desk = office(settings({ after, redirectAfter }), 'ann', 'bob');
    desk.open('c');
    desk.pass(9.999);
    expect(desk.where('c')).toBe('rings ann');
    desk.pass(0.001);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[SB1] with both on an offer is one miss, not two', () => {
    const desk = office(settings({ misses: 3, after: 10, redirectAfter: 20 }), 'ann');
    desk.open('c');
    desk.pass(10);
    expect(desk.agentView('ann').missedInARow).toBe(1);
    expect(desk.where('c')).toBe('rings ann');
    desk.pass(10);
    expect(desk.agentView('ann').missedInARow).toBe(1);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[SB1] a missed transfer is a miss', () => {
    const desk = office(settings(), 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.accept('c');
    desk.status('bob', 'online');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    desk.pass(30);
    expect(desk.agentView('bob')).toMatchObject({ status: 'shortBreak', missedInARow: 1 });
    expect(desk.where('c')).toBe('with ann');
  });

  it.each([
    ['with redirect', 'waiting', 20],
    ['without redirect', 'with ann', undefined],
  ] as const)('[SB1] no miss without a workstation, in automatic reception %s', (_name, where, redirectAfter) => {
    const { reception } = settings({ after: 20, ...(redirectAfter ? { redirectAfter } : {}) });
    const desk = office({ reception: { ...reception, automatic: true } }, 'ann');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    desk.pass(10);
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(10);
    expect(desk.where('c')).toBe(where);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
    desk.do('agent.connect', { agentId: 'ann' });
    desk.pass(1);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[SB1] nor for what runs out while it still rings at a workstation that is gone', () => {
    const desk = office(settings({ redirectAfter: 30 }), 'ann');
    desk.open('c');
    desk.pass(28);
    desk.do('agent.disconnect', { agentId: 'ann' });
    const events = desk.pass(2);
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'timedOut', miss: false }]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[SB2] attending starts the row anew', () => {
    const desk = office(settings({ misses: 2, redirectAfter: 30 }), 'ann');
    desk.open('1');
    desk.pass(40);
    expect(desk.agentView('ann').missedInARow).toBe(1);
    desk.accept('1');
    expect(desk.agentView('ann').missedInARow).toBe(0);
  });

  it('[SB2] so does coming back online; a decline does not', () => {
    const desk = office(settings({ misses: 2, redirectAfter: 30 }), 'ann');
    desk.open('1');
    desk.pass(40);
    desk.decline('1');
    expect(desk.agentView('ann').missedInARow).toBe(1);
    desk.status('ann', 'busy');
    desk.status('ann', 'online');
    expect(desk.agentView('ann').missedInARow).toBe(0);
  });

  it('[SB2] timeouts in the same instant are one miss', () => {
    const desk = office(settings({ misses: 2, redirectAfter: 30 })).agent('ann', { capacity: 3 });
    for (const id of ['1', '2', '3']) desk.open(id);
    desk.pass(30);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 1 });
    expect(desk.queue()).toEqual(['1', '2', '3']);
  });

  it('[SB2] what caused the break ends timedOut, the others withdrawn', () => {
    const desk = office(settings({ redirectAfter: 30 })).agent('ann', { capacity: 3 });
    desk.open('1');
    desk.at += 1;
    desk.open('2');
    const ended = ofType(desk.pass(29.999), 'offer.ended');
    expect(ended).toMatchObject([
      { conversationId: '1', outcome: 'timedOut', miss: true },
      { conversationId: '2', outcome: 'withdrawn', miss: false },
    ]);
    expect(desk.agentView('ann').missedInARow).toBe(1);
  });

  it.each(['busy', 'shortBreak', 'offline'] as const)('[SB3] %s withdraws what rings, without a miss', (status) => {
    const desk = office(settings(), 'ann', 'bob');
    desk.open('c');
    const { events } = desk.status('ann', status);
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'withdrawn', miss: false }]);
    expect(desk.where('c')).toBe('rings bob');
    expect(desk.agentView('ann').missedInARow).toBe(0);
  });

  it('[SB3] active conversations stay', () => {
    const desk = office(settings(), 'ann');
    desk.open('c');
    desk.accept('c');
    desk.status('ann', 'offline');
    expect(desk.where('c')).toBe('with ann');
  });

  it.each([
    ['busy', 'rings bob'],
    ['shortBreak', 'with ann'],
    ['offline', 'with ann'],
  ] as const)('[SB3] a transfer that rings and a change to %s: %s', (status, where) => {
    const desk = office({}, 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.accept('c');
    desk.status('bob', 'online');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    desk.status('bob', status);
    expect(desk.where('c')).toBe(where);
  });

  it('[SB4] lasts until the agent or a supervisor ends it', () => {
    const desk = office(settings(), 'ann');
    desk.open('c');
    desk.pass(86_400);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    const { events } = desk.status('ann', 'online', 'boss');
    expect(ofType(events, 'agent.changed')).toMatchObject([{ status: 'online', cause: 'supervisor', by: 'boss' }]);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[SB4] may end by itself, when it began by itself', () => {
    const desk = office(settings({ endAfter: 60 }), 'ann');
    desk.open('c');
    desk.pass(89);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    const events = desk.pass(1);
    expect(ofType(events, 'agent.changed')).toMatchObject([{ status: 'online', cause: 'breakEnded' }]);
  });

  it('[SB4] not without a workstation', () => {
    const desk = office(settings({ endAfter: 10 }), 'ann');
    desk.open('c');
    desk.pass(30);
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(20);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    desk.do('agent.connect', { agentId: 'ann' });
    expect(desk.agentView('ann').status).toBe('online');
  });

  it('[SB4] a break of their own choice does not end by itself', () => {
    const desk = office(settings({ endAfter: 60 }), 'ann');
    desk.status('ann', 'shortBreak');
    desk.pass(600);
    expect(desk.agentView('ann').status).toBe('shortBreak');
  });

  it('[SB4] supervisors are alerted when it was the last one online', () => {
    const desk = office(settings({ redirectAfter: 30 }), 'ann', 'bob');
    desk.open('c');
    expect(ofType(desk.pass(30), 'group.staffed')).toEqual([]);
    expect(ofType(desk.pass(30), 'group.staffed')).toMatchObject([{ groupId: 'sales', staffed: false, alert: true }]);
  });
});
