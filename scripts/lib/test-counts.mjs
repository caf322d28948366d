/** What a test run comes to. */
export const noTests = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

export function add(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** The closing line; skipped tests are named only when there are any. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Counts vitest's JSON report. A file that could not even be loaded has no tests in it and counts as one failure. */
export function countVitest(report) {
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** Counts Playwright's JSON report. Errors outside of any test count as one failure each. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

export function isEmpty({ passed, failed, skipped }) {
  return passed + failed + skipped === 0;
}

/**
 * A runner that failed without a failed test in its report (a crash, a timeout) is one failure more; so is one without
 * any tests, unless it `mayBeEmpty`.
 */
export function settle(result, counts, { mayBeEmpty, say }) {
  if (result.timedOut) say('The test runner did not end in time and was stopped.');
  const crashed = result.code !== 0 && counts.failed === 0;
  const empty = isEmpty(counts) && !mayBeEmpty;
  return crashed || empty ? add(counts, { passed: 0, failed: 1, skipped: 0 }) : counts;
}
