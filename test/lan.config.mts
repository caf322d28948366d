import { defineConfig } from 'playwright/test';
import tests from './playwright.config.mjs';

/** One side of `e2e/lan.e2e.ts`, which runs this once in each of its network namespaces. */
export default defineConfig({
  ...tests,
  testDir: 'e2e/lan',
  testMatch: /(host|guest)\.ts$/,
  workers: 1,
  reporter: 'list',
  outputDir: `${process.env.FOYER_LAN_FOLDER}/${process.env.FOYER_LAN_SIDE}`,
});
