import { describe, expect, test, vi } from 'vitest';
import { excerptAround, fold, markedParts, maySpell } from '../shared/search-words';
import { createRandom } from './simulation/random';

describe('Folding', () => {
  test('a text folds to what its characters fold to, one by one', () => {
    const random = createRandom(5);
    const odd = [...'\u0301\u0327\u0316\uff9e\u0e33ΣςİﬁếΆ각ー王 \n.a\ufdfa'];
    const any = () => String.fromCodePoint(random.whole(1, 0xd7ff));
    for (let run = 0; run < 500; run += 1) {
      const characters = Array.from({ length: 12 }, () => (random.chance(0.7) ? random.pick(odd) : any()));
      expect(fold(characters.join(''))).toBe(characters.map(fold).join(''));
    }
  });

  test('a word is found whatever stands on its letters, and where a capital sigma ends it', () => {
    expect(fold(`Ame\u0301${'\u0316'.repeat(3)}lie`)).toBe('amelie');
    expect(markedParts('ΛΌΓΟΣ', [fold('λόγος')])).toEqual([{ text: 'ΛΌΓΟΣ', isMatch: true }]);
  });

  test('no run of marks is ever put in order: that takes the square of its length', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const runs = '\u0301\u0327\u0316'.repeat(20);
    fold(`a${runs}b`);
    excerptAround(`a${runs}b`, ['b']);
    const given = normalize.mock.contexts.map(String);
    expect(given).not.toEqual([]);
    expect(given.filter((text) => /\p{M}{2}/u.test(text))).toEqual([]);
  });
});

test('a word is looked for as pinyin when it may be a name’s, not when it can be cut in thousands of ways', () => {
  for (const word of ['wf', 'wangfang', 'shantianfang', 'zhangzhongliang', 'ouyangxiangdong'])
    expect([word, maySpell(word, '王')]).toEqual([word, true]);
  for (const word of ['ananananananan', 'an'.repeat(100), 'a'.repeat(200)])
    expect([word, maySpell(word, '王')]).toEqual([word, false]);
  expect([maySpell('wang', 'Wang'), maySpell('wang2', '王')]).toEqual([false, false]);
});
