import { defineConfig } from 'playwright/test';
import tests from './playwright.config.mjs';

/** Draws the screens of the real windows into test/pictures: `npm run pictures`. */
export default defineConfig({
  ...tests,
  testDir: 'pictures',
  testMatch: 'draw.ts',
  workers: 1,
  timeout: 240_000,
  reporter: 'list',
});
