import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { electronMajorMin, isOutdated } from '../../main/desktop/runtime';

test('the pinned Electron is the oldest that is good for real work; the one for development is not', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(Number.parseInt(devDependencies.electron, 10)).toBe(electronMajorMin);
  expect(isOutdated(devDependencies.electron)).toBe(false);
  expect(isOutdated('25.1.1')).toBe(true);
});
