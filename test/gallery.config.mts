import { defineConfig } from 'playwright/test';
import tests from './playwright.config.mjs';

/** Draws the screens of the real windows into test/gallery, and looks at each in every size: `npm run gallery`. */
export default defineConfig({
  ...tests,
  testDir: 'gallery',
  testMatch: ['draw.ts', 'every-size.ts'],
  workers: 1,
  timeout: 20 * 60_000,
  globalTimeout: 2 * 60 * 60_000,
  reporter: 'list',
});
