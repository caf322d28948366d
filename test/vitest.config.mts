import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Their tests share a document and the stores behind it, so each file has its own. */
const pages = ['test/customer/**/*.test.{ts,tsx}', 'test/workstation/**/*.test.{ts,tsx}'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    restoreMocks: true,
    testTimeout: 20_000,
    // Left to itself Vitest keeps a core free.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'pages',
          include: pages,
          // As large as the app's window is at first.
          environmentOptions: { happyDOM: { width: 1440, height: 900 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', ...pages],
          // No module keeps a state of its own, so loading it once for each worker is enough.
          isolate: false,
        },
      },
    ],
  },
});
