import { describe, expect, it } from 'vitest';
import { type Office, office, ofType } from '../support/routing';

const byPriority = { routing: { agentPriority: true } };

describe('choosing the agent', () => {
  it('[CH1] takes the lowest load relative to capacity', () => {
    const desk = office({}).agent('big', { capacity: 4 }).agent('small', { capacity: 2 });
    desk.open('1');
    desk.open('2');
    desk.open('3');
    // big 0/4 and small 0/2 tie, big is first by id; then small 0/2; then big 1/4 before small 1/2.
    expect(['1', '2', '3'].map((id) => desk.where(id))).toEqual(['rings big', 'rings small', 'rings big']);
  });

  it('[CH1] then who has been without an offer or an end for longest', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('1');
    desk.accept('1');
    desk.at += 1_000;
    desk.open('2');
    desk.accept('2');
    desk.at += 1_000;
    desk.close('1');
    desk.at += 1_000;
    desk.close('2');
    desk.open('3');
    expect(desk.where('3')).toBe('rings ann');
  });

  it('[CH1] then the id, whatever the order of arrival', () => {
    const desk = office({}, 'bob', 'ann');
    desk.open('1');
    expect(desk.where('1')).toBe('rings ann');
  });

  it('[CH1] an agent who does not answer does not stay first', () => {
    const desk = office({ reception: { redirect: { enabled: true, afterSeconds: 10 } } }, 'ann', 'bob');
    desk.open('1');
    desk.pass(10);
    desk.accept('1');
    expect(desk.where('1')).toBe('with bob');
    desk.close('1');
    desk.at += 1;
    desk.open('2');
    expect(desk.where('2')).toBe('rings ann');
    desk.pass(10);
    expect(desk.where('2')).toBe('rings bob');
    desk.do('conversation.leave', { conversationId: '2' });
    desk.open('3');
    expect(desk.where('3')).toBe('rings ann');
  });

  it('[CH2] gives lower ones only what no better one can take', () => {
    const desk = office(byPriority)
      .agent('first', { capacity: 2 })
      .agent('second', { groups: { sales: 2 }, capacity: 9 });
    for (const id of ['1', '2', '3']) desk.open(id);
    expect(['1', '2', '3'].map((id) => desk.where(id))).toEqual(['rings first', 'rings first', 'rings second']);
  });

  it('[CH2] belongs to agent and group', () => {
    const desk = office(byPriority)
      .group('help')
      .agent('ann', { groups: { sales: 1, help: 2 } })
      .agent('bob', { groups: { sales: 2, help: 1 } });
    desk.open('h', { group: 'help' });
    desk.open('s');
    expect(desk.where('h')).toBe('rings bob');
    expect(desk.where('s')).toBe('rings ann');
  });

  it('[CH2] ties are CH1', () => {
    const desk = office(byPriority, 'ann', 'bob');
    desk.open('1');
    desk.open('2');
    expect(desk.where('2')).toBe('rings bob');
  });

  it('[CH2] means nothing while it is off', () => {
    const desk = office({})
      .agent('zoe', { groups: { sales: 1 } })
      .agent('ann', { groups: { sales: 9 } });
    desk.open('1');
    expect(desk.where('1')).toBe('rings ann');
    desk.do('settings.update', { settings: byPriority });
    desk.open('2');
    expect(desk.where('2')).toBe('rings zoe');
  });

  describe('with a hold', () => {
    const holding = { routing: { agentPriority: true, priorityHoldSeconds: 20 } };
    const withHold = (): Office =>
      office(holding)
        .agent('ann')
        .agent('bob', { groups: { sales: 2 }, capacity: 3 });

    it('[CH3] waits for a better agent who is full, and goes to them when they have room', () => {
      const desk = withHold();
      desk.open('1');
      desk.open('2');
      expect(desk.where('2')).toBe('waiting');
      expect(ofType(desk.last.events, 'conversation.held')).toMatchObject([{ rule: 'CH3', until: desk.at + 20_000 }]);
      desk.pass(19);
      desk.accept('1');
      desk.close('1');
      expect(desk.where('2')).toBe('rings ann');
    });

    it('[CH3] goes to the other when the time is over, and never waits again', () => {
      const desk = withHold();
      desk.open('1');
      desk.open('2');
      desk.pass(20);
      expect(desk.where('2')).toBe('rings bob');
      desk.status('bob', 'busy');
      desk.status('bob', 'online');
      desk.pass(10);
      expect(desk.where('2')).toBe('rings bob');
    });

    it('[CH3] starts only when somebody else could have it', () => {
      const desk = office(holding).agent('ann');
      desk.open('1');
      desk.open('2');
      desk.pass(30);
      expect(desk.where('2')).toBe('waiting');
      desk.agent('bob', { groups: { sales: 2 } });
      expect(desk.where('2')).toBe('waiting');
      desk.pass(20);
      expect(desk.where('2')).toBe('rings bob');
    });

    it.each(['busy', 'shortBreak', 'offline'] as const)('[CH3] ends when the better agent goes %s', (status) => {
      const desk = withHold();
      desk.open('1');
      desk.accept('1');
      desk.open('2');
      desk.open('3');
      desk.status('ann', status);
      expect([desk.where('2'), desk.where('3')]).toEqual(['rings bob', 'rings bob']);
    });

    it('[CH3] goes to the other at once when the better one, now full, was tried', () => {
      const desk = office(holding).agent('ann');
      desk.open('1');
      desk.decline('1');
      desk.open('2');
      desk.agent('bob', { groups: { sales: 2 } });
      expect(desk.where('2')).toBe('rings ann');
      expect(desk.where('1')).toBe('rings bob');
    });

    it('[CH3] does not wait for an agent who was tried', () => {
      const desk = withHold();
      desk.open('1');
      desk.decline('1');
      expect(desk.where('1')).toBe('rings bob');
      desk.open('2');
      desk.accept('2');
      desk.status('bob', 'busy');
      desk.status('bob', 'online');
      expect(desk.where('1')).toBe('waiting');
      desk.pass(10);
      // A new round: ann is full and untried again, so now it is held.
      expect(desk.where('1')).toBe('waiting');
      desk.pass(20);
      expect(desk.where('1')).toBe('rings bob');
    });

    it('[CH3] [I7] is held, not stuck, when nobody could have it in between', () => {
      const desk = office({ ...holding, reception: { roundPauseSeconds: 100 } }).agent('dan', { groups: { sales: 3 } });
      desk.open('c');
      desk.decline('c');
      desk.agent('ann', { status: 'offline' });
      desk.open('1', { priority: 0 });
      desk.do('conversation.claim', { agentId: 'ann', conversationId: '1', force: true });
      desk.status('ann', 'online');
      desk.agent('bob', { groups: { sales: 2 } });
      expect(ofType(desk.last.events, 'conversation.held')).toMatchObject([{ conversationId: 'c' }]);
      desk.status('bob', 'busy');
      desk.pass(11);
      desk.status('bob', 'online');
      expect(desk.where('c')).toBe('waiting');
      desk.status('ann', 'busy');
      expect(desk.where('c')).toBe('rings bob');
    });

    it('[CH3] an older one that was tried goes before a younger one that was not', () => {
      const desk = withHold();
      desk.open('full');
      desk.accept('full');
      desk.do('conversation.open', { conversationId: 'old', customerId: 'o', groupId: 'sales' });
      desk.at += 1;
      desk.open('young');
      desk.status('ann', 'offline');
      const offered = ofType(desk.last.events, 'offer.made').map(({ conversationId }) => conversationId);
      expect(offered).toEqual(['old', 'young']);
    });
  });

  it('[CH4] counts the load of all groups', () => {
    const desk = office({})
      .group('help')
      .agent('ann', { groups: { sales: 1, help: 1 }, capacity: 2 })
      .agent('bob', { capacity: 2 });
    desk.open('h', { group: 'help' });
    desk.at += 1;
    desk.open('s');
    expect(desk.where('h')).toBe('rings ann');
    expect(desk.where('s')).toBe('rings bob');
  });

  it('[CH4] a break neither gains nor loses a place', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('1');
    desk.accept('1');
    desk.close('1');
    desk.at += 1_000;
    desk.open('2');
    desk.accept('2');
    desk.close('2');
    desk.at += 1_000;
    desk.status('ann', 'shortBreak');
    desk.at += 1_000;
    desk.status('ann', 'online');
    desk.open('3');
    expect(desk.where('3')).toBe('rings ann');
  });
});
