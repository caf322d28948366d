import { describe, expect, it } from 'vitest';
import { receptionForMe } from '../../renderer/workstation/session/reception';
import { Table } from '../../renderer/workstation/session/table';
import { patchOf, problemOf, withoutSame } from '../../renderer/workstation/settings/routing/setting-values';
import { moveMember, priorityIn } from '../../renderer/workstation/settings/team/agents-order';
import { meaning } from '../../renderer/workstation/shell/reception-words';
import { createWords } from '../../renderer/workstation/ui/text';
import type { AgentView, GroupView } from '../../shared/protocol/views';
import { defaultSettings } from '../../shared/routing/settings';
import type { Settings } from '../../shared/routing/types';
import type { Text } from '../../shared/text/workstation-text';
import { agent, group } from './office';

describe('a setting as typed', () => {
  it.each([
    ['reception.redirect.afterSeconds', 9, 'outOfRange'],
    ['reception.redirect.afterSeconds', 10, null],
    ['reception.redirect.afterSeconds', 600, null],
    ['reception.redirect.afterSeconds', 601, 'outOfRange'],
    ['reception.redirect.afterSeconds', 20.5, 'wholeNumber'],
    ['reception.redirect.afterSeconds', '', 'outOfRange'],
    ['reception.shortBreak.misses', 0, 'outOfRange'],
    ['reception.shortBreak.misses', 10, null],
    ['reception.automatic', true, null],
  ] as const)('%s = %s → %s', (path, value, problem) => {
    expect(problemOf(path, value)).toBe(problem);
  });

  it('becomes the deep partial that the hub takes', () => {
    const changes = { 'reception.redirect.enabled': true, 'reception.redirect.afterSeconds': 20, wrapUpSeconds: 5 };
    expect(patchOf(changes)).toEqual({
      reception: { redirect: { enabled: true, afterSeconds: 20 } },
      wrapUpSeconds: 5,
    });
  });

  it('is no change when it is as it was', () => {
    expect(withoutSame({ 'reception.automatic': false, wrapUpSeconds: 5 }, defaultSettings())).toEqual({
      wrapUpSeconds: 5,
    });
  });
});

describe('what the switches mean for me', () => {
  const t = createWords('en').t as unknown as Text;
  function say(change: (settings: Settings) => unknown, automatic: boolean | null = null) {
    const settings = defaultSettings();
    change(settings);
    const reception = receptionForMe({
      settings,
      me: { agentId: 'me', role: 'agent' },
      agents: Table.empty<AgentView>().set('me', agent('me', { automatic })),
      groups: Table.empty<GroupView>().set('g1', group('g1')),
    });
    return reception ? meaning(t, reception) : null;
  }

  it('is one line for each of them', () => {
    expect(say(() => {})).toBe('You accept each conversation.');
    expect(
      say(({ reception }) => {
        reception.redirect.enabled = true;
        reception.shortBreak.enabled = true;
      }),
    ).toBe('Accept within 30 s, or a colleague gets it. One left for 30 s: a short break.');
    expect(say(({ reception }) => Object.assign(reception, { automatic: true }))).toBe(
      'Conversations open on your desk at once.',
    );
  });

  it('[AR5] follows my own choice only where agents may choose', () => {
    expect(say(() => {}, true)).toBe('You accept each conversation.');
    expect(say(({ reception }) => Object.assign(reception, { agentMayChoose: true }), true)).toBe(
      'Conversations open on your desk at once.',
    );
  });
});

describe('moving a member of a group', () => {
  const members = ['a', 'b', 'c'].map((id, i) => agent(id, { groups: [{ groupId: 'g1', priority: i + 1 }] }));
  const after = (index: number, step: -1 | 1, of = members) => {
    const changes = new Map(
      moveMember(of, 'g1', index, step).map(({ agent: { agentId }, priority }) => [agentId, priority]),
    );
    return of.map((each) => [each.agentId, changes.get(each.agentId) ?? priorityIn(each, 'g1')]);
  };

  it('swaps two numbers', () => {
    expect(after(1, -1)).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 3],
    ]);
  });

  it('pulls equal numbers apart', () => {
    const equal = ['a', 'b', 'c'].map((id) => agent(id));
    expect(after(2, -1, equal)).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ]);
  });

  it('does nothing at the ends', () => {
    expect(moveMember(members, 'g1', 0, -1)).toEqual([]);
    expect(moveMember(members, 'g1', 2, 1)).toEqual([]);
  });
});
