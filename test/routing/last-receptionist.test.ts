import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { type Office, office, ofType } from '../support/routing';

const DAY = 86_400;
const on: SettingsPatch = { routing: { lastReceptionist: true } };

/** Mei was served by zoe, who is never the first by id, and left. */
function knowsZoe(settings: SettingsPatch = on, capacity = 1): Office {
  const desk = office(settings);
  desk.agent('zoe', { capacity });
  desk.open('before', { customer: 'Mei' });
  desk.accept('before');
  desk.reply('before');
  desk.close('before');
  desk.agent('ann');
  desk.at += 1_000;
  return desk;
}

describe('last receptionist', () => {
  it('[LR1] is who last wrote to the customer', () => {
    const desk = knowsZoe();
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings zoe');
  });

  it('[LR1] is nobody by an offer that was missed, declined or even accepted without a word', () => {
    const desk = office(on, 'zoe');
    desk.open('before', { customer: 'Mei' });
    desk.accept('before');
    desk.close('before');
    desk.agent('ann');
    desk.at += 1_000;
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[LR1] counts for so many days', () => {
    const known = knowsZoe();
    known.at += 30 * DAY * 1_000 - 1_000;
    known.open('c', { customer: 'Mei' });
    expect(known.where('c')).toBe('rings zoe');
    const forgotten = knowsZoe();
    forgotten.at += 30 * DAY * 1_000;
    forgotten.open('c', { customer: 'Mei' });
    expect(forgotten.where('c')).toBe('rings ann');
  });

  it('[LR1] [LR3] ends while one is held for them, when it is too long ago', () => {
    const routing = { lastReceptionist: true, lastReceptionistDays: 1, lastReceptionistHoldSeconds: 3_600 };
    const desk = knowsZoe({ routing });
    const wroteAt = desk.at - 1_000;
    desk.open('fills ann');
    desk.open('fills zoe');
    desk.agent('bob', { capacity: 9 });
    desk.at = wroteAt + DAY * 1_000 - 60_000;
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('waiting');
    desk.pass(60);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(0.001);
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[LR1] means nothing while it is off', () => {
    const desk = knowsZoe({});
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[LR2] comes before agent priority and load, and says so', () => {
    const desk = knowsZoe({ routing: { lastReceptionist: true, agentPriority: true } }, 5);
    const groups = [{ groupId: 'sales', priority: 9 }];
    desk.do('agent.put', { agentId: 'zoe', name: 'zoe', capacity: 5, groups });
    desk.open('c', { customer: 'Mei' });
    expect(ofType(desk.last.events, 'offer.made')).toMatchObject([
      { agentId: 'zoe', why: { rule: 'LR2', runnerUp: 'ann' } },
    ]);
  });

  it('[LR2] never moves the customer forward in the line', () => {
    const desk = knowsZoe();
    desk.status('zoe', 'busy');
    desk.status('ann', 'busy');
    desk.open('other');
    desk.at += 1;
    desk.open('c', { customer: 'Mei' });
    desk.status('zoe', 'online');
    expect(desk.where('other')).toBe('rings zoe');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[LR2] needs a member of the group', () => {
    const desk = knowsZoe().group('help');
    desk.do('agent.put', { agentId: 'zoe', name: 'zoe', capacity: 1, groups: [{ groupId: 'help', priority: 1 }] });
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[LR2] [I7] who joins the group gets what is held there for a better agent', () => {
    const desk = knowsZoe({ routing: { lastReceptionist: true, agentPriority: true, priorityHoldSeconds: 60 } }, 3);
    desk.do('agent.put', { agentId: 'zoe', name: 'zoe', capacity: 3, groups: [] });
    desk.open('fills ann');
    desk.agent('bob', { groups: { sales: 2 } });
    desk.open('held');
    desk.open('held for Mei', { customer: 'Mei' });
    expect(desk.queue()).toEqual(['held', 'held for Mei']);
    const groups = [{ groupId: 'sales', priority: 2 }];
    desk.do('agent.put', { agentId: 'zoe', name: 'zoe', capacity: 3, groups });
    expect(desk.where('held for Mei')).toBe('rings zoe');
    expect(desk.where('held')).toBe('waiting');
  });

  it.each(['busy', 'shortBreak', 'offline'] as const)('[LR3] is ignored at once when %s', (status) => {
    const desk = knowsZoe({ routing: { lastReceptionist: true, lastReceptionistHoldSeconds: 30 } });
    desk.status('zoe', status);
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[LR3] is ignored at once when disconnected', () => {
    const desk = knowsZoe({ routing: { lastReceptionist: true, lastReceptionistHoldSeconds: 30 } });
    desk.do('agent.disconnect', { agentId: 'zoe' });
    desk.open('c', { customer: 'Mei' });
    expect(desk.where('c')).toBe('rings ann');
  });

  describe('who is full', () => {
    const holding: SettingsPatch = { routing: { lastReceptionist: true, lastReceptionistHoldSeconds: 30 } };
    const zoeFull = (settings: SettingsPatch): Office => {
      const desk = knowsZoe(settings);
      desk.status('ann', 'busy');
      desk.open('other');
      desk.accept('other');
      desk.status('ann', 'online');
      expect(desk.where('other')).toBe('with zoe');
      return desk;
    };

    it('[LR3] does not wait without a hold', () => {
      const desk = zoeFull(on);
      desk.open('c', { customer: 'Mei' });
      expect(desk.where('c')).toBe('rings ann');
    });

    it('[LR3] is waited for, and gets it with the first room', () => {
      const desk = zoeFull(holding);
      desk.open('c', { customer: 'Mei' });
      expect(desk.where('c')).toBe('waiting');
      desk.pass(29);
      desk.close('other');
      expect(desk.where('c')).toBe('rings zoe');
    });

    it('[LR3] is given up for good after the hold', () => {
      const desk = zoeFull(holding);
      desk.open('c', { customer: 'Mei' });
      desk.pass(30);
      expect(desk.where('c')).toBe('rings ann');
      desk.close('other');
      desk.status('ann', 'busy');
      desk.status('ann', 'online');
      expect(desk.where('c')).toBe('rings zoe');
      desk.status('zoe', 'busy');
      desk.status('zoe', 'online');
      desk.pass(10);
      expect(ofType(desk.pass(0), 'offer.made')).toEqual([]);
      expect(desk.where('c')).toBe('rings ann');
    });

    it('[LR3] does not hold up who comes behind', () => {
      const desk = zoeFull(holding);
      desk.open('c', { customer: 'Mei' });
      desk.at += 1;
      desk.open('behind');
      expect(desk.where('behind')).toBe('rings ann');
    });

    it('[LR3] goes on at once when they leave', () => {
      const desk = zoeFull(holding);
      desk.open('c', { customer: 'Mei' });
      desk.status('zoe', 'shortBreak');
      expect(desk.where('c')).toBe('rings ann');
    });
  });

  it('[LR4] is over when they decline it', () => {
    const desk = knowsZoe();
    desk.open('c', { customer: 'Mei' });
    desk.decline('c');
    expect(desk.where('c')).toBe('rings ann');
    desk.status('ann', 'busy');
    desk.status('ann', 'online');
    desk.pass(10);
    // Both are untried again; by idle time it is zoe's turn less than ann's would be if she were preferred.
    expect(ofType(desk.recorded, 'offer.made').at(-1)?.why.rule).toBe('CH1');
  });

  it('[LR4] is over when they miss it', () => {
    const desk = knowsZoe({ ...on, reception: { redirect: { enabled: true, afterSeconds: 10 } } });
    desk.open('c', { customer: 'Mei' });
    desk.pass(10);
    expect(desk.where('c')).toBe('rings ann');
    desk.pass(20);
    expect(ofType(desk.recorded, 'offer.made').filter(({ why }) => why.rule === 'LR2')).toHaveLength(1);
  });

  it('[LR4] a transfer to a group ends it for good, also for a sender who may be asked again', () => {
    const desk = knowsZoe();
    desk.open('c', { customer: 'Mei' });
    desk.accept('c');
    desk.status('ann', 'busy');
    desk.do('conversation.transfer', { agentId: 'zoe', conversationId: 'c', to: { groupId: 'sales' } });
    desk.pass(9);
    const groups = [{ groupId: 'sales', priority: 1 }];
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 1, groups });
    desk.pass(1);
    expect(ofType(desk.recorded, 'offer.made').at(-1)).toMatchObject({ agentId: 'zoe', why: { rule: 'CH1' } });
  });

  it('[LR4] an explicit transfer ignores it', () => {
    const desk = knowsZoe(on).group('help');
    for (const agentId of ['zoe', 'ann']) {
      const groups = [
        { groupId: 'sales', priority: 1 },
        { groupId: 'help', priority: 1 },
      ];
      desk.do('agent.put', { agentId, name: agentId, capacity: 1, groups });
    }
    desk.agent('bob', { groups: { help: 1 } });
    desk.open('c', { customer: 'Mei' });
    desk.accept('c');
    desk.do('conversation.transfer', { agentId: 'zoe', conversationId: 'c', to: { groupId: 'help' } });
    expect(ofType(desk.last.events, 'offer.made')).toMatchObject([{ why: { rule: 'CH1' } }]);
  });

  it('[LR5] forgotten while the customer is away, and recalled when they return', () => {
    const desk = knowsZoe();
    const [written] = desk.recorded.filter((event) => event.type === 'conversation.message' && event.from === 'agent');
    desk.do('receptionists.forget', { customerIds: ['Mei', 'Li', 'Mei'] });
    expect(desk.last.events).toMatchObject([{ type: 'receptionists.forgotten', customerIds: ['Mei'] }]);
    desk.status('zoe', 'busy');
    desk.status('ann', 'busy');
    desk.open('c', { customer: 'Mei' });
    desk.do('receptionist.recall', { customerId: 'Mei', receptionistId: 'zoe', wroteAt: written!.at });
    desk.at += 1_000;
    desk.status('ann', 'online');
    desk.status('zoe', 'online');
    expect(desk.where('c')).toBe('rings ann');
    desk.do('conversation.leave', { conversationId: 'c' });
    desk.open('again', { customer: 'Mei' });
    expect(ofType(desk.last.events, 'offer.made')).toMatchObject([{ agentId: 'zoe', why: { rule: 'LR2' } }]);
  });

  it('[LR5] nobody is forgotten in the middle of a conversation, and a later one stays', () => {
    const desk = knowsZoe();
    desk.open('c', { customer: 'Mei' });
    desk.do('receptionists.forget', { customerIds: ['Mei'] });
    desk.do('receptionist.recall', { customerId: 'Mei', receptionistId: 'ann', wroteAt: 1 });
    expect(desk.last.events).toEqual([]);
    const gone = { customerId: 'Mei', receptionistId: 'nobody', wroteAt: 1 };
    desk.do('receptionist.recall', gone);
    expect(desk.last.refusal).toMatchObject({ code: 'unknownAgent', field: 'receptionistId' });
    desk.do('receptionist.recall', { ...gone, receptionistId: 'ann', wroteAt: desk.at + 1 });
    expect(desk.last.refusal).toMatchObject({ code: 'commandInvalid', field: 'wroteAt' });
  });

  it('[LR5] what waits follows the one who is recalled at once', () => {
    const routing = { lastReceptionist: true, lastReceptionistHoldSeconds: 60 };
    const desk = knowsZoe({ routing });
    desk.do('receptionists.forget', { customerIds: ['Mei'] });
    desk.status('ann', 'busy');
    desk.open('fills zoe');
    desk.accept('fills zoe');
    desk.open('c', { customer: 'Mei' });
    desk.do('receptionist.recall', { customerId: 'Mei', receptionistId: 'zoe', wroteAt: desk.at - 1_000 });
    desk.status('ann', 'online');
    expect(desk.where('c')).toBe('waiting');
    desk.close('fills zoe');
    expect(desk.where('c')).toBe('rings zoe');
  });
});
