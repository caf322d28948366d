import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    // A page's test asks for one with `// @vitest-environment happy-dom` on top.
    environment: 'node',
    restoreMocks: true,
    testTimeout: 20_000,
    // Left to itself Vitest keeps a core free.
    maxWorkers: '100%',
  },
});
