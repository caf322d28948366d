import { describe, expect, it } from 'vitest';
import { compareVersions, sameInstallation } from '../../scripts/lib/dependencies.mjs';

const lock = {
  '': { name: 'foyer' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b-win32': { version: '2.0.0', integrity: 'sha512-b', optional: true },
};

describe('whether the dependencies are installed', () => {
  it('does without an optional package of another system', () => {
    expect(sameInstallation(lock, { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } })).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    [
      'a package too many',
      { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' }, 'node_modules/c': { version: '1.0.0' } },
    ],
  ])('sees %s', (_name, present) => {
    expect(sameInstallation(lock, present)).toBe(false);
  });
});

describe('the version check', () => {
  it.each([
    ['20.19.0', '20.19.0', 0],
    ['20.9.9', '20.19.0', -1],
    ['22.1.0', '20.19.0', 1],
    ['20.20', '20.19.5', 1],
  ])('compares %s with %s', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});
