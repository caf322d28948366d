import { defineConfig } from 'playwright/test';
import { findElectron } from '../scripts/lib/electron-runtime.mjs';

// For test/support/electron.ts, in the worker processes too.
process.env.FOYER_TEST_ELECTRON = findElectron()?.executable ?? '';

const report = process.env.FOYER_E2E_REPORT;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // One test starts several apps and a browser, on small and busy machines: bounds for what hangs, not for what is slow.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  globalTimeout: 25 * 60_000,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    actionTimeout: 40_000,
    // A trace costs a fifth of the run: where one is wanted, `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
