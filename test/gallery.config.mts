import { defineConfig } from 'playwright/test';
import tests from './playwright.config.mjs';

/** Draws the screens of the real windows into test/gallery: `npm run gallery`. */
export default defineConfig({
  ...tests,
  testDir: 'gallery',
  testMatch: 'draw.ts',
  workers: 1,
  timeout: 240_000,
  reporter: 'list',
});
