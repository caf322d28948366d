import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** What a customer's browser fetches before it shows the page, by gzip; by brotli it is a tenth less. */
const bytesMax = 30 * 1_024;

async function builtFiles() {
  const built = await build({
    configFile: join(root, 'vite.customer.config.mts'),
    logLevel: 'silent',
    build: { write: false },
  });
  return [built].flat().flatMap((each) => ('output' in each ? each.output : []));
}

it('what is sent compressed is what is sent plain', async () => {
  const sources = new Map(
    (await builtFiles()).map((each) => [each.fileName, Buffer.from(each.type === 'chunk' ? each.code : each.source)]),
  );
  let compared = 0;
  for (const [name, bytes] of sources) {
    const unpack = name.endsWith('.gz') ? gunzipSync : name.endsWith('.br') ? brotliDecompressSync : null;
    if (!unpack) continue;
    expect(unpack(bytes).equals(sources.get(name.slice(0, -3)) ?? Buffer.alloc(0)), name).toBe(true);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(6);
});

it('the customers’ page is small enough for a slow line', async () => {
  const files = await builtFiles();
  const sent = files.flatMap((each) =>
    each.type === 'asset' && /\.(html|js|css)\.gz$/.test(each.fileName)
      ? [{ name: each.fileName, bytes: each.source.length }]
      : [],
  );
  const texts = sent.filter(({ name }) => name.includes('/customer-'));
  // What is fetched with the first conversation, once the page is there.
  const later = sent.filter(({ name }) => name.includes('/later-'));
  const always = sent.filter((each) => !texts.includes(each) && !later.includes(each));
  expect([always.length, texts.length, later.length]).toEqual([3, 2, 2]);
  const bytes = always.reduce((sum, each) => sum + each.bytes, Math.max(...texts.map((each) => each.bytes)));
  expect(bytes).toBeLessThanOrEqual(bytesMax);
});
