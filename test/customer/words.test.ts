import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Keep } from '../../renderer/customer/keep';
import { initials, sayDay, sayLine, sayPlace, sayWait, startLanguage, wordsIn } from '../../renderer/customer/words';
import { finalCloseNames } from '../../shared/protocol/close-codes';
import { systemLine } from '../../shared/protocol/views';
import { customerEn } from '../../shared/text/customer-en';
import { customerZh } from '../../shared/text/customer-zh';

const en = wordsIn('en', customerEn);
const zh = wordsIn('zh', customerZh);
const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

function keepOf(language: string | null): Keep {
  return { get: () => language, set: () => {}, clear: () => {}, outlivesPage: true };
}

describe('both languages', () => {
  it('have the same keys, none empty, with the same blanks', () => {
    expect(Object.keys(customerZh).sort()).toEqual(Object.keys(customerEn).sort());
    for (const [key, text] of Object.entries(customerEn)) {
      const chinese = customerZh[key as keyof typeof customerEn];
      expect(text.trim(), key).not.toBe('');
      expect(['', text], key).not.toContain(chinese.trim());
      expect(blanks(chinese), key).toEqual(blanks(text));
    }
  });

  it('hold no word that nobody says', () => {
    const folder = new URL('../../renderer/customer/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const code = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
    // These are also put together from their parts.
    const said = (key: string) => code.includes(`'${key}'`) || /^(form|close|refused)\./.test(key);
    expect(Object.keys(customerEn).filter((key) => !said(key))).toEqual([]);
  });

  it('have a sentence for every close that needs a person', () => {
    // A page is not pinned to any hub.
    for (const name of finalCloseNames.filter((each) => each !== 'otherHub'))
      for (const texts of [customerEn, customerZh])
        expect(texts).toHaveProperty([`close.${name}`], expect.stringMatching(/[.。]$/));
  });

  it('know every line the hub adds, or leave it to the queue, the end and a block to say', () => {
    const shownElsewhere = ['queued', 'blocked', 'endedByAgent', 'endedByCustomer', 'endedBySystem'];
    for (const code of systemLine.options) {
      for (const words of [en, zh]) {
        const line = sayLine(words, { line: { code, params: { agentName: 'Li' } }, text: '' });
        if (shownElsewhere.includes(code)) expect(line).toBeNull();
        else expect(line).toBeTruthy();
      }
    }
    expect(sayLine(en, { line: { code: 'joined', params: { agentName: 'Li' } }, text: '' })).toBe('Li joined');
    expect(sayLine(en, { line: { code: 'joined', params: {} }, text: '' })).toBe('Somebody joined');
    expect(sayLine(zh, { line: { code: 'redirected', params: {} }, text: 'Hold on!' })).toBe('Hold on!');
  });

  it('start with what was chosen, else with the browser', () => {
    expect(startLanguage(keepOf(null), 'zh-TW')).toBe('zh');
    expect(startLanguage(keepOf(null), 'zh')).toBe('zh');
    expect(startLanguage(keepOf(null), 'de-DE')).toBe('en');
    expect(startLanguage(keepOf('en'), 'zh-CN')).toBe('en');
    expect(startLanguage(keepOf('xx'), 'zh-CN')).toBe('zh');
  });

  it('leave blanks of unknown names alone, and never read one value into another', () => {
    expect(en.say('line.joined', { agent: '{count}' })).toBe('{count} joined');
    expect(en.say('line.joined')).toBe('{agent} joined');
  });
});

it('says places', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map((place) => sayPlace(en, place))).toEqual(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th'.split(' '),
  );
  expect(sayPlace(zh, 2)).toBe('第 2 位');
});

it('says waits, rounded up', () => {
  const waits = [0, 44, 45, 60, 61, 600, 3_540, 3_541, 5_000, 7_200].map((seconds) => sayWait(en, seconds));
  expect(waits).toEqual([
    'less than a minute',
    'less than a minute',
    'about 1 minute',
    'about 1 minute',
    'about 2 minutes',
    'about 10 minutes',
    'about 59 minutes',
    'about 1 hour',
    'about 1 hour',
    'about 2 hours',
  ]);
  expect(sayWait(zh, 60)).toBe('预计约 1 分钟');
});

it('says days as seen from now', () => {
  const now = new Date(2026, 10, 22, 9, 0).getTime();
  expect(sayDay(en, new Date(2026, 10, 22, 0, 1).getTime(), now)).toBe('Today');
  expect(sayDay(en, new Date(2026, 10, 21, 23, 59).getTime(), now)).toBe('Yesterday');
  expect(sayDay(zh, new Date(2026, 10, 19, 12, 0).getTime(), now)).toMatch(/11月19日/);
});

it('shortens names', () => {
  expect(['Li Wei', 'ana', 'Jean  Luc Picard', '李薇', '欧阳小明', '', '🙂 B'].map(initials)).toEqual([
    'LW',
    'A',
    'JP',
    '李薇',
    '小明',
    '',
    '🙂B',
  ]);
});
