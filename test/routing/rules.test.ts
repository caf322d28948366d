import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type SettingField, settingRanges } from '../../shared/routing';

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

it('RULES.md has each setting with its default and range', () => {
  const rows = [...rules.matchAll(/^\| `([\w.]+)` \| (.+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
  const wanted = Object.entries(settingRanges).map(([path, field]) => [path, ...asWritten(field)]);
  expect(rows).toEqual(wanted);
});

function asWritten(field: SettingField): [initial: string, range: string] {
  switch (field.kind) {
    case 'switch':
      return [field.default ? 'on' : 'off', '`true`, `false`'];
    case 'number':
      return [`${field.default}`, `${field.min} to ${field.max}${field.unit === 'count' ? '' : ` ${field.unit}`}`];
    case 'choice':
      return [field.default, field.choices.map((choice) => `\`${choice}\``).join(', ')];
    case 'text':
      return ['none', `up to ${field.maxLength} characters, or \`null\``];
  }
}
