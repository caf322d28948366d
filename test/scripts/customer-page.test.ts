import { join } from 'node:path';
import { build } from 'vite';
import { expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** What a customer's browser fetches before it shows the page, by gzip; by brotli it is a tenth less. */
const bytesMax = 30 * 1_024;

it('the customers’ page is small enough for a slow line', async () => {
  const built = await build({
    configFile: join(root, 'vite.customer.config.mts'),
    logLevel: 'silent',
    build: { write: false },
  });
  const files = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const sent = files.flatMap((each) =>
    each.type === 'asset' && /\.(html|js|css)\.gz$/.test(each.fileName)
      ? [{ name: each.fileName, bytes: each.source.length }]
      : [],
  );
  const texts = sent.filter(({ name }) => name.includes('/customer-'));
  const always = sent.filter((each) => !texts.includes(each));
  expect([always.length, texts.length]).toEqual([3, 2]);
  const bytes = always.reduce((sum, each) => sum + each.bytes, Math.max(...texts.map((each) => each.bytes)));
  expect(bytes).toBeLessThanOrEqual(bytesMax);
});
