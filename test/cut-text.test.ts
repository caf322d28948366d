import { expect, test } from 'vitest';
import { cutText } from '../shared/cut-text';
import { saidAfter } from '../shared/protocol/after-message';
import { conversation, message } from './workstation/office';

const family = '👨‍👩‍👧';

test.each([
  ['short', 10, 'short'],
  ['exactly10!', 10, 'exactly10!'],
  ['longer than ten', 10, 'longer tha'],
  [`abc${family}def`, 10, 'abc'],
  [`ab${family}def`, 10, `ab${family}`],
  ['a😀😀', 4, 'a😀'],
  ['e\u0301e\u0301', 3, 'e\u0301'],
  // One letter with more marks than there is room for.
  [`a${'\u0301'.repeat(20)}`, 5, `a${'\u0301'.repeat(4)}`],
])('%j with room for %d is %j', (text, max, wanted) => {
  expect(cutText(text, max)).toBe(wanted);
});

test('what a list shows of a long message ends with a whole emoji', () => {
  const text = `${'a'.repeat(115)}${family}${'b'.repeat(20)}`;
  expect(saidAfter(conversation('c1', { preview: '' }), message('m1', { text })).preview).toBe(`${'a'.repeat(115)}…`);
});
