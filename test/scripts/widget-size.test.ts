import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const root = join(__dirname, '..', '..');

test('what every visitor of a shop loads is one file of at most 6 kB', async () => {
  const configFile = join(root, 'vite.widget.config.mts');
  const built = await build({
    root: join(root, 'renderer/widget'),
    configFile,
    logLevel: 'error',
    build: { write: false },
  });
  const [{ output }] = built as unknown as [{ output: { fileName: string; code: string }[] }];
  expect(output.map(({ fileName }) => fileName)).toEqual(['widget.js']);
  expect(gzipSync(output[0]!.code, { level: 9 }).length).toBeLessThanOrEqual(6_000);
});
