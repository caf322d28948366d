import { describe, expect, it } from 'vitest';
import { add, countPlaywright, countVitest, noTests, settle, summary } from '../../scripts/lib/test-counts.mjs';

const quiet = () => {};

describe('the closing line of npm test', () => {
  it('names skipped tests only when there are any', () => {
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summary({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('sums both runners', () => {
    expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });

  it('counts a unit test file that cannot be loaded as one failure', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts errors outside of end-to-end tests as failures', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 1 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 2, skipped: 1 });
  });

  it.each([
    ['a crash without a report', { code: 1, timedOut: false }, noTests, 1],
    ['a run without any test', { code: 0, timedOut: false }, noTests, 1],
    ['a crash after every test passed', { code: 134, timedOut: false }, { passed: 9, failed: 0, skipped: 0 }, 1],
    ['a timeout', { code: 1, timedOut: true }, { passed: 9, failed: 0, skipped: 0 }, 1],
    ['a failed test, not twice', { code: 1, timedOut: false }, { passed: 9, failed: 1, skipped: 0 }, 1],
    ['a good run', { code: 0, timedOut: false }, { passed: 9, failed: 0, skipped: 0 }, 0],
  ])('settles %s', (_name, result, counts, failed) => {
    expect(settle(result, counts, { mayBeEmpty: false, say: quiet }).failed).toBe(failed);
  });

  it.each([
    ['nothing of a runner', { code: 0, timedOut: false }, 0],
    ['nothing, because it crashed', { code: 1, timedOut: false }, 1],
  ])('settles filters that match %s', (_name, result, failed) => {
    expect(settle(result, noTests, { mayBeEmpty: true, say: quiet }).failed).toBe(failed);
  });
});
