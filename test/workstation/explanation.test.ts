import { describe, expect, it } from 'vitest';
import { explain } from '../../renderer/workstation/session/explanation';
import { createWords } from '../../renderer/workstation/ui/text';
import type { Language } from '../../shared/protocol/fields';
import type { Text } from '../../shared/text/workstation-text';
import { conversation } from './office';

const names = {
  myId: 'me',
  agent: (id: string) => ({ me: 'Li Wang', ana: 'Ana Silva' })[id] ?? null,
  group: () => 'Billing',
};
const nothing = {
  offline: 0,
  disconnected: 0,
  busy: 0,
  shortBreak: 0,
  full: 0,
  cooling: 0,
  tried: 0,
  lowerPriority: 0,
};

function say(language: Language, fields: Parameters<typeof conversation>[1]) {
  const t = createWords(language).t as unknown as Text;
  return explain(t, conversation('c1', { agentId: 'me', ...fields }), names);
}

describe('[EX1] why this agent', () => {
  it.each([
    ['CH1', 'You, because you have the most room right now.', '分配给您，因为您目前最空闲。'],
    ['CH2', 'You, by agent priority in Billing.', '分配给您，按 Billing 内的客服优先级。'],
    ['LR2', 'You, because you served Mei Chen last.', '分配给您，因为上次是您接待 Mei Chen。'],
    ['TR1', 'You, because you claimed it.', '由您领取。'],
  ])('%s is said to the agent in both languages', (rule, english, chinese) => {
    const why = { rule, runnerUp: 'ana', skipped: nothing };
    expect(say('en', { why })?.main).toBe(english);
    expect(say('zh', { why })?.main).toBe(chinese);
  });

  it('TR2 names who hands over', () => {
    const fields = { why: { rule: 'TR2', runnerUp: null, skipped: nothing }, fromAgentId: 'ana' };
    expect(say('en', fields)?.main).toBe('You, because Ana Silva hands it over to you.');
  });

  it('somebody else is spoken of by name', () => {
    const fields = { why: { rule: 'LR2', runnerUp: 'me', skipped: nothing }, agentId: 'ana' };
    expect(say('en', fields)).toEqual({
      main: 'Ana Silva, who served Mei Chen last.',
      rest: 'Next would have been you.',
    });
  });

  it('the runner-up and who was not asked are counted', () => {
    const why = { rule: 'CH1', runnerUp: 'ana', skipped: { ...nothing, shortBreak: 1, full: 2 } };
    expect(say('en', { why })?.rest).toBe(
      'Next would have been Ana Silva. Of the others, 2 were full and 1 was on a short break.',
    );
    expect(say('zh', { why })?.rest).toBe('下一位本应是 Ana Silva。其他人中，2 人已满，1 人小休。');
  });

  it.each([
    ['offline', 'was offline', 'were offline'],
    ['disconnected', 'was not connected', 'were not connected'],
    ['busy', 'was busy', 'were busy'],
    ['shortBreak', 'was on a short break', 'were on a short break'],
    ['full', 'was full', 'were full'],
    ['cooling', 'had just declined it or just come online', 'had just declined it or just come online'],
    ['tried', 'had been asked before', 'had been asked before'],
    ['lowerPriority', 'had a lower priority', 'had a lower priority'],
  ])('%s is said of one and of several', (reason, one, several) => {
    const rest = (count: number) =>
      say('en', { why: { rule: 'LR2', runnerUp: null, skipped: { ...nothing, [reason]: count } } })?.rest;
    expect(rest(1)).toBe(`Of the others, 1 ${one}.`);
    expect(rest(3)).toBe(`Of the others, 3 ${several}.`);
  });

  it('three reasons are one list', () => {
    const why = { rule: 'CH1', runnerUp: null, skipped: { ...nothing, offline: 1, full: 1, busy: 2 } };
    expect(say('en', { why })?.rest).toBe('Of the others, 1 was full, 2 were busy and 1 was offline.');
  });

  it('nobody else comes into it when a person chose by hand', () => {
    const skipped = { ...nothing, offline: 2 };
    expect(say('en', { why: { rule: 'TR1', runnerUp: null, skipped } })?.rest).toBe('');
    expect(say('en', { why: { rule: 'TR2', runnerUp: null, skipped }, fromAgentId: 'ana' })?.rest).toBe('');
  });

  it('a transfer that was taken keeps its reason, though its sender is not told any more', () => {
    const why = { rule: 'TR2', runnerUp: null, skipped: nothing };
    expect(say('en', { why })?.main).toBe('You, because it was handed over to you.');
  });

  it('who has left the team is a former colleague', () => {
    const why = { rule: 'CH1', runnerUp: 'gone', skipped: nothing };
    expect(say('en', { why })?.rest).toBe('Next would have been a former colleague.');
  });

  it('without a runner-up the agent was the only one', () => {
    expect(say('en', { why: { rule: 'CH1', runnerUp: null, skipped: nothing } })?.main).toBe(
      'You, the only one who can take it now.',
    );
  });

  it('nothing is said where nothing is known', () => {
    expect(say('en', { why: null })).toBeNull();
  });
});
