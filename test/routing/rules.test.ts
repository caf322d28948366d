import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const rules = readFileSync(fileURLToPath(new URL('../../shared/routing/RULES.md', import.meta.url)), 'utf8');
const ids = [...rules.matchAll(/^- \*\*([A-Z]+\d+)\*\* /gm)].map(([, id]) => id ?? '');
const tests = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(`${here}/${name}`, 'utf8'))
  .join('\n');
const tested = new Set([...tests.matchAll(/['`"]\[([A-Z]+\d+)\]/g)].map(([, id]) => id));

it('RULES.md has each rule once', () => {
  expect(ids.length).toBeGreaterThan(60);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

it.each(ids)('%s has a test whose name starts with it', (id) => {
  expect(tested.has(id), `give [${id}] a test in test/routing`).toBe(true);
});

it('no test claims a rule that is not there', () => {
  expect([...tested].filter((id) => id !== undefined && !ids.includes(id))).toEqual([]);
});
