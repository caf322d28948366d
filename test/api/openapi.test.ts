import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { commandsOfCustomers } from '../../main/hub/commands/from-customer';
import { commandsOfAgents } from '../../main/hub/commands/table';
import { openApiDocument } from '../../shared/api/openapi';
import { type Operation, operations } from '../../shared/api/operations';
import { scope } from '../../shared/protocol/api-tokens';
import { ApiOffice } from '../support/api-office';

const file = join(__dirname, '..', '..', 'docs', 'openapi.json');
const made = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

test('docs/openapi.json is what the schemas make; `-u` writes it', async () => {
  await expect(made).toMatchFileSnapshot(file);
});

test('it is an OpenAPI 3.1 document', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(made))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('its references lead somewhere, and nothing in it is left over', () => {
  const { components } = JSON.parse(made);
  const referred = new Set([...made.matchAll(/"\$ref": "#\/components\/([^"]+)"/g)].map(([, path]) => path));
  const there = ['parameters', 'responses', 'schemas'].flatMap((kind) =>
    Object.keys(components[kind]).map((name) => `${kind}/${name}`),
  );
  expect([...referred].sort()).toEqual(there.sort());
});

test('the hub serves it, and as a page without a script, to anybody on the machine', async () => {
  const api = await ApiOffice.open();
  expect((await api.get('/openapi.json', { token: null })).json).toEqual(JSON.parse(made));
  const page = await api.get('/docs', { token: null });
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(page.text).not.toMatch(/<script|https?:\/\//i);
  for (const [id, { method, path }] of Object.entries<Operation>(operations)) {
    expect(page.text).toContain(`id="${id}"`);
    expect(page.text).toContain(`${method.toUpperCase()} ${path}`);
  }
});

/** What each scope may by the tables of commands, on purpose a second time. */
test('the tables of commands say what a token may, and no more', () => {
  const scopesOf = (table: Record<string, { scope?: string }>) =>
    Object.entries(table).flatMap(([op, spec]) => (spec.scope === undefined ? [] : [[op, spec.scope]]));
  expect(Object.fromEntries(scopesOf(commandsOfAgents))).toEqual({
    'message.send': 'messages:write',
    'note.add': 'messages:write',
    'conversation.tag': 'conversations:write',
    'conversation.close': 'conversations:write',
    'conversation.find': 'conversations:read',
    'conversation.read': 'conversations:read',
  });
  expect(Object.fromEntries(scopesOf(commandsOfCustomers))).toEqual({
    'conversation.open': 'conversations:write',
    'conversation.handOver': 'conversations:write',
    'message.leave': 'conversations:write',
    'message.send': 'messages:write',
  });
});

test('every scope is needed by an operation', () => {
  const needed = new Set(Object.values<Operation>(operations).map((each) => each.scope));
  expect([...needed].filter((each) => each !== null).sort()).toEqual([...scope.options].sort());
});

test('the guide tells of every operation', () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'api.md'), 'utf8');
  for (const { method, path } of Object.values<Operation>(operations))
    expect(guide).toContain(`\`${method.toUpperCase()} ${path}\``);
});
