import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { saveState } from '../../main/hub/state/saved-state';
import { openApiDocument } from '../../shared/api/openapi';
import { type Operation, operations, problem } from '../../shared/api/operations';
import { ApiOffice, type Got, scopes } from '../support/api-office';

/** Every operation of the served document, with good and with bad input, and with each token that may not. */

// biome-ignore lint/suspicious/noExplicitAny: a JSON document
type Json = any;
const { paths, components } = JSON.parse(JSON.stringify(openApiDocument())) as Json;
const all = Object.entries<Json>(paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]) => ({ id: operation.operationId, method, path, operation })),
);
type Each = (typeof all)[number];

interface Stage {
  api: ApiOffice;
  ids: Record<string, string>;
}

/** An office with an open conversation of a customer of its own, which is with an assistant. */
async function stage(): Promise<Stage> {
  const api = await ApiOffice.open();
  await api.make();
  await api.office.online('Ana');
  await api.office.assistant();
  await api.boss({ op: 'office.put', tags: ['order'], wrapUpCodes: ['sold'] });
  const { json } = await api.post('/conversations', { customer: { id: 'c-1', name: 'Mei' }, text: 'Hello' });
  return { api, ids: json };
}

/** Good input for each, where the document alone does not know it. */
const bodies: Record<string, object> = {
  openConversation: { customer: { id: 'c-2', name: 'Li', language: 'zh' }, text: '你好' },
  sendMessage: { as: 'office', text: 'Parcel 7 has left.' },
  handOver: {},
  setTags: { tags: ['order'] },
  closeConversation: { wrapUpCode: 'sold' },
  leaveMessage: { customer: { id: 'c-3' }, contact: 'li@example.com', text: 'Call me' },
};
const queries: Record<string, string> = {
  findCustomer: '?id=c-1',
  listConversations: '?limit=1&stage=open&text=hello',
};

function send({ api, ids }: Stage, { id, method, path }: Each, change: Json = {}): Promise<Got> {
  const there = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(change.params?.[name] ?? ids[name] ?? ''));
  const body = 'body' in change ? change.body : bodies[id];
  return api.ask(method.toUpperCase(), `${there}${change.query ?? queries[id] ?? ''}`, { ...change.sent, body });
}

function expectProblem({ status, headers, json }: Got, expected: number): void {
  expect(json).toMatchObject({ status: expected });
  expect(status).toBe(expected);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(problem.safeParse(json).error).toBeUndefined();
}

test('the document has every operation, and each body has good input here', () => {
  expect(all.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
  const withBody = all.filter(({ operation }) => operation.requestBody).map(({ id }) => id);
  expect(Object.keys(bodies).sort()).toEqual(withBody.sort());
});

test.each(all)('$id does what it says for good input, and its answer fits its schema', async (each) => {
  const scene = await stage();
  const got = await send(scene, each);
  const status = Object.keys(each.operation.responses)[0]!;
  expect(got.json).toEqual(expect.anything());
  expect(String(got.status)).toBe(status);
  const { result } = operations[each.id as keyof typeof operations] as Operation;
  expect(z.strictObject(result.shape).safeParse(got.json).error).toBeUndefined();
  expect(scene.api.office.violations()).toEqual([]);
});

/** Values that a schema of the document must not take. */
function badValues(schema: Json): unknown[] {
  if (schema.$ref) return badValues(components.schemas[schema.$ref.split('/').at(-1)]);
  const wrong: unknown[] = [];
  if (schema.type === 'string') wrong.push(7, null);
  if (schema.minLength > 0) wrong.push('');
  if (schema.maxLength) wrong.push('x'.repeat(schema.maxLength + 1));
  if (schema.enum) wrong.push('none-of-them');
  if (schema.type === 'integer') wrong.push(1.5, 'many');
  if (schema.type === 'integer' && schema.minimum !== undefined) wrong.push(schema.minimum - 1);
  if (schema.type === 'array') wrong.push('none', [7]);
  if (schema.type === 'object') wrong.push([], 'none', { ...sample(schema), unknownField: 1 });
  return wrong;
}

/** Something that fits; only for the fields beside the bad one. */
function sample(schema: Json): Json {
  if (schema.$ref) return sample(components.schemas[schema.$ref.split('/').at(-1)]);
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((name: string) => [name, sample(schema.properties[name])]));
  return schema.type === 'array' ? [] : schema.type === 'integer' ? (schema.minimum ?? 0) : 'x';
}

/** All that an operation could change. */
function before({ api }: Stage): string {
  const { desk, leftMessages, routing } = saveState(api.office.hub.state);
  return JSON.stringify([desk, leftMessages, routing.conversations]);
}

const withBody = all.filter(({ operation }) => operation.requestBody);
describe.each(withBody)('$id with a bad body', (each) => {
  const schema = each.operation.requestBody.content['application/json'].schema;
  const fields = Object.entries<Json>(schema.properties ?? {});
  test('is refused with the field that is meant, and does nothing', async () => {
    const scene = await stage();
    const known = before(scene);
    for (const [name, its] of fields)
      for (const value of badValues(its)) {
        const got = await send(scene, each, { body: { ...bodies[each.id], [name]: value } });
        expectProblem(got, 400);
        expect(got.json.field.split('.')[0]).toBe(name);
      }
    for (const name of schema.required ?? []) {
      const { [name]: _, ...rest } = bodies[each.id] as Json;
      expectProblem(await send(scene, each, { body: rest }), 400);
    }
    for (const body of ['', '{', '[]', '"x"', 'null', { ...bodies[each.id], unknownField: 1 }])
      if (body !== '' || schema.required) expectProblem(await send(scene, each, { body }), 400);
    const asText = { headers: { 'Content-Type': 'text/plain' } };
    expectProblem(await send(scene, each, { sent: asText }), 415);
    expectProblem(await send(scene, each, { body: { ...bodies[each.id], text: 'x'.repeat(70_000) } }), 413);
    expectProblem(await send(scene, each, { sent: { key: 'two words' } }), 400);
    expect(before(scene)).toBe(known);
  });
});

test.each(all)('$id with bad parameters is refused', async (each) => {
  const scene = await stage();
  const known = before(scene);
  const parameters = (each.operation.parameters ?? []).filter((its: Json) => its.in);
  for (const { name, in: place, schema } of parameters)
    for (const value of badValues(schema).filter((wrong) => typeof wrong !== 'object')) {
      if (place === 'path' && (value === '' || typeof value !== 'string')) continue;
      if (place === 'query' && typeof value !== 'string' && schema.type === 'string') continue;
      const text = encodeURIComponent(String(value));
      const change = place === 'path' ? { params: { [name]: String(value) } } : { query: `?${name}=${text}` };
      expectProblem(await send(scene, each, change), 400);
    }
  expectProblem(await send(scene, each, { query: '?unknown=1' }), 400);
  expect(before(scene)).toBe(known);
});

const ofOne = all.filter(({ path }) => path.includes('{'));
test.each(ofOne)('$id of something that is not there says so', async (each) => {
  const scene = await stage();
  const known = before(scene);
  const params = { conversationId: 'conversation-none', customerId: 'customer-none' };
  expectProblem(await send(scene, each, { params }), 404);
  expect(before(scene)).toBe(known);
});

const guarded = all.filter(({ operation }) => operation['x-scope'] !== undefined);
test.each(guarded)('$id needs its scope: a token with every other one changes nothing', async (each) => {
  const scene = await stage();
  const { api } = scene;
  const { token } = await api.make(
    'Other',
    scopes.filter((scope) => scope !== each.operation['x-scope']),
  );
  const known = before(scene);
  const got = await send(scene, each, { sent: { token } });
  expectProblem(got, 403);
  expect(got.json).toMatchObject({ code: 'scopeMissing' });
  for (const scope of scopes.filter((one) => one !== each.operation['x-scope'])) {
    const one = await api.make(`Only ${scope}`, [scope]);
    expectProblem(await send(scene, each, { sent: { token: one.token } }), 403);
    await api.boss({ op: 'apiToken.revoke', tokenId: one.tokenId });
  }
  expect(before(scene)).toBe(known);
});

test.each(all)('$id without a valid token, and from a page, is refused', async (each) => {
  const scene = await stage();
  const known = before(scene);
  expectProblem(await send(scene, each, { sent: { token: null } }), 401);
  expectProblem(await send(scene, each, { sent: { token: 'x'.repeat(43) } }), 401);
  const origin = `http://127.0.0.1:${scene.api.port}`;
  expectProblem(await send(scene, each, { sent: { headers: { Origin: origin } } }), 403);
  expect(before(scene)).toBe(known);
});

test('other paths, methods and hosts are answered by a problem, too', async () => {
  const { api } = await stage();
  expectProblem(await api.get('/nothing'), 404);
  expectProblem(await api.get(''), 404);
  expectProblem(await api.get('/conversations/%ff'), 400);
  const wrong = await api.ask('DELETE', '/conversations');
  expectProblem(wrong, 405);
  expect(wrong.headers.allow).toBe('GET, POST');
  expectProblem(await api.get('/token', { headers: { Host: 'evil.example' } }), 421);
});
