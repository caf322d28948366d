import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ApiOffice, type Got } from '../support/api-office';
import type { TestHub } from '../support/hub';

const mei = { id: 'c-17', name: 'Mei Chen', contact: 'mei@example.com' };

async function opened() {
  const api = await ApiOffice.open();
  await api.make();
  return api;
}

async function talking() {
  const api = await opened();
  const ana = await api.office.online('Ana');
  const { json } = await api.post('/conversations', { customer: mei, text: 'Where is my order?' });
  const { conversationId, customerId } = json as { conversationId: string; customerId: string };
  return { api, ana, conversationId, customerId };
}

/** A search that waits for a disk which never answers; in a list, so as not to be awaited with it. */
async function readThatWaits(api: ApiOffice): Promise<[Promise<Got>]> {
  let isWaiting = false;
  Object.assign(api.office.store, {
    archiveDays: () => {
      isWaiting = true;
      return new Promise(() => undefined);
    },
  });
  const read = api.send('GET', '/conversations', {});
  while (!isWaiting) await new Promise((resolve) => setImmediate(resolve));
  return [read];
}

test('words in another encoding than UTF-8 are refused, rather than lost', async () => {
  const { api, conversationId } = await talking();
  // “你好” as GBK has it, “café” as Latin-1.
  for (const bytes of [
    [0xc4, 0xe3, 0xba, 0xc3],
    [0x63, 0x61, 0x66, 0xe9],
  ]) {
    const body = Buffer.concat([Buffer.from('{"as":"note","text":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(await api.post(`/conversations/${conversationId}/messages`, body)).toMatchObject({
      status: 400,
      json: { code: 'notUtf8' },
    });
  }
});

test.each([
  ['limit=-1', 'limit', /small/],
  ['limit=0', 'limit', /small/],
  ['from=99999999999999999999', 'from', /big/],
  ['__proto__=1', '__proto__', /not known/],
])('the parameter %s is refused with what is wrong', async (query, field, title) => {
  const api = await opened();
  const { status, json } = await api.get(`/conversations?${query}`);
  expect({ status, field: json.field, title: json.title }).toEqual({
    ...{ status: 400, field },
    title: expect.stringMatching(title),
  });
});

describe('a token', () => {
  test('is made once, stored hashed, and shown to supervisors with its last use by the hour', async () => {
    const api = await opened();
    expect(await api.get('/token')).toMatchObject({ status: 200, json: { name: 'Shop', tokenId: api.tokenId } });
    const { apiTokens } = (await api.office.supervisor()).events('apiTokens.changed').at(-1);
    const now = api.office.clock.now();
    expect(apiTokens).toMatchObject([{ name: 'Shop', usedAt: now - (now % 3_600_000), madeAt: now }]);
    expect(JSON.stringify(api.office.store.disk.lines)).not.toContain(api.token);
  });

  test('is no agent’s to make or to see', async () => {
    const api = await opened();
    const ana = await api.office.agent('Ana');
    expect(ana.command({ op: 'apiToken.make', name: 'x', scopes: ['messages:write'] })).toMatchObject({
      code: 'notAllowed',
    });
    expect(ana.events('apiTokens.changed')).toEqual([]);
  });

  test('is void at once when it is revoked, for requests under way, too', async () => {
    const { api } = await talking();
    const [read] = await readThatWaits(api);
    await api.boss({ op: 'apiToken.revoke', tokenId: api.tokenId });
    expect(await read).toMatchObject({ status: 401, json: { code: 'tokenInvalid' } });
    expect(await api.get('/token')).toMatchObject({ status: 401, json: { code: 'tokenInvalid' } });
    expect(await api.boss({ op: 'apiToken.revoke', tokenId: api.tokenId })).toMatchObject({ code: 'unknownApiToken' });
  });

  test('is told of in the audit log once an hour, in sums', async () => {
    const { api, conversationId } = await talking();
    await api.get(`/conversations/${conversationId}`);
    await api.get('/nothing');
    api.office.advance(60 * 60_000);
    const { entries } = (await api.boss({ op: 'audit.list', before: null, length: 50 })).result;
    const uses = entries.filter(({ action }: { action: string }) => action === 'apiToken.use');
    expect(uses).toMatchObject([
      {
        by: { kind: 'program', name: 'Shop' },
        changes: [
          { field: 'reads', after: 1 },
          { field: 'writes', after: 1 },
          { field: 'refused', after: 1 },
        ],
      },
    ]);
  });
});

describe('a conversation of a customer of the office’s', () => {
  test('is opened, rings, is talked in by all sides and ended', async () => {
    const { api, ana, conversationId, customerId } = await talking();
    expect(ana.conversation).toMatchObject({ conversationId, customerId, customerName: 'Mei Chen', stage: 'offered' });
    expect(ana.conversation.profile).toMatchObject({ signedId: 'c-17', contact: 'mei@example.com' });
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    const messages = `/conversations/${conversationId}/messages`;
    await api.post(messages, { as: 'customer', text: 'Anybody?' });
    await api.post(messages, { as: 'office', text: 'Parcel 7 has left.' });
    await api.post(messages, { as: 'note', text: 'pays late' });
    ana.command({ op: 'message.send', conversationId, text: 'Soon.' });
    const from = { kind: 'program', tokenId: api.tokenId, name: 'Shop' };
    expect(ana.messages.find(({ text }) => text === 'Parcel 7 has left.')).toMatchObject({ from });
    expect(ana.messages.find(({ text }) => text === 'pays late')!.from).toMatchObject({ kind: 'note', name: 'Shop' });
    const read = await api.get(`/conversations/${conversationId}`);
    const said = read.json.messages.map(({ text }: { text: string }) => text).filter((text: string) => text !== '');
    expect(said).toEqual(['Where is my order?', 'Anybody?', 'Parcel 7 has left.', 'pays late', 'Soon.']);
    expect(await api.post(`/conversations/${conversationId}/close`, {})).toMatchObject({ status: 200, json: {} });
    expect(ana.events('conversation.changed').at(-1).conversation).toMatchObject({
      stage: 'closed',
      closedBy: 'system',
    });
    expect(api.office.violations()).toEqual([]);
  });

  test('goes on for the customer who comes to the page signed, as the same one', async () => {
    const { api, conversationId } = await talking();
    const again = await api.post('/conversations', { customer: { id: 'c-17' } });
    expect(again.json.conversationId).toBe(conversationId);
    const { secret } = (await api.boss({ op: 'identitySecret.make' })).result;
    const who = { id: 'c-17', name: 'Mei Chen', contact: '', issuedAt: api.office.clock.now() };
    const signed = createHmac('sha256', secret)
      .update(`foyer.v1\n${Object.values(who).join('\n')}`)
      .digest('hex');
    const page = await api.office.customer('', null, { deviceId: 'page', identity: { ...who, signature: signed } });
    expect(page.welcome).toMatchObject({ identity: 'signed', customerId: again.json.customerId });
    expect(page.said).toContain('Where is my order?');
    expect((await api.get('/customers?id=c-17')).json).toMatchObject({ name: 'Mei Chen', officeId: 'c-17' });
  });

  test('shows the program’s words to the customer as an assistant’s, and leaves who waits for an answer waiting', async () => {
    const { api, ana, conversationId } = await talking();
    const before = ana.conversation;
    await api.post(`/conversations/${conversationId}/messages`, { as: 'office', text: 'One moment.' });
    expect(ana.conversation).toMatchObject({ unanswered: before.unanswered, unansweredSince: before.unansweredSince });
  });

  test('of a customer on the page is not spoken in for them, but beside them', async () => {
    const api = await opened();
    const li = await api.office.customer('Li', { text: 'Hello' });
    const messages = `/conversations/${li.conversation.conversationId}/messages`;
    const refused = await api.post(messages, { as: 'customer', text: 'I pay double' });
    expect(refused).toMatchObject({ status: 409, json: { code: 'notYourCustomer' } });
    await api.post(messages, { as: 'office', text: 'Your parcel has left.' });
    expect(li.messages.at(-1)).toMatchObject({
      text: 'Your parcel has left.',
      from: { kind: 'assistant', name: 'Shop' },
    });
    expect(li.said).not.toContain('I pay double');
  });

  test('is answered only once it is on disk', async () => {
    const api = await opened();
    api.office.flushing = 'hand';
    let answered = false;
    const sent = api.send('POST', '/conversations', { body: { customer: mei } }).finally(() => {
      answered = true;
    });
    while (api.office.hub.state.customers.size === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    api.office.flush();
    expect((await sent).status).toBe(201);
  });
});

describe('an idempotency key', () => {
  test('gets the first answer again, after a restart, too, and nothing is done twice', async () => {
    const { api, conversationId } = await talking();
    const path = `/conversations/${conversationId}/messages`;
    const first = await api.post(path, { as: 'office', text: 'Once' }, { key: 'k-1' });
    const second = await api.post(path, { as: 'office', text: 'Once' }, { key: 'k-1' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    const restarted = await ApiOffice.around(await api.office.restart());
    restarted.token = api.token;
    expect((await restarted.post(path, { as: 'office', text: 'Once' }, { key: 'k-1' })).json).toEqual(first.json);
    const { messages } = (await restarted.get(`/conversations/${conversationId}`)).json;
    expect(messages.filter(({ text }: { text: string }) => text === 'Once')).toHaveLength(1);
  });

  test('gets it also when what it was about has ended meanwhile', async () => {
    const { api, conversationId } = await talking();
    const send = () =>
      api.post(`/conversations/${conversationId}/messages`, { as: 'customer', text: 'Once' }, { key: 'k-1' });
    const first = await send();
    await api.post(`/conversations/${conversationId}/close`, {});
    await api.post('/conversations', { customer: mei });
    expect(await send()).toMatchObject({ status: 201, json: first.json });
  });

  test('opens one conversation, and says whose it is again', async () => {
    const api = await opened();
    const first = await api.post('/conversations', { customer: mei }, { key: 'open' });
    expect((await api.post('/conversations', { customer: mei }, { key: 'open' })).json).toEqual(first.json);
    expect(first.json.customerId).toBeTypeOf('string');
  });

  test('is refused for another body, and does nothing', async () => {
    const { api, conversationId } = await talking();
    const path = `/conversations/${conversationId}/messages`;
    await api.post(path, { as: 'office', text: 'Once' }, { key: 'k-1' });
    const other = await api.post(path, { as: 'office', text: 'Twice' }, { key: 'k-1' });
    expect(other).toMatchObject({ status: 422, json: { code: 'keyUsed' } });
    expect(JSON.stringify((await api.get(`/conversations/${conversationId}`)).json)).not.toContain('Twice');
  });

  test('is each token’s own, and free again when its request was refused', async () => {
    const { api, conversationId } = await talking();
    const other = await api.make('Other');
    const path = `/conversations/${conversationId}/messages`;
    await api.post(path, { as: 'office', text: 'Once' }, { key: 'k-1' });
    expect((await api.post(path, { as: 'note', text: 'mine' }, { key: 'k-1', token: other.token })).status).toBe(201);
    expect((await api.post('/conversations/none/close', {}, { key: 'k-2' })).status).toBe(404);
    expect((await api.post(`/conversations/${conversationId}/close`, {}, { key: 'k-2' })).status).toBe(200);
  });

  test('is one of so many that a token may use in a day', async () => {
    const api = await ApiOffice.open({ limits: { apiKeysMax: 2 } });
    await api.make();
    const open = (id: string) => api.post('/conversations', { customer: { id } }, { key: id });
    expect([(await open('a')).status, (await open('b')).status]).toEqual([201, 201]);
    const refused = await open('c');
    expect(refused).toMatchObject({ status: 429, json: { code: 'tooManyKeys' } });
    expect(Number(refused.headers['retry-after'])).toBe(24 * 60 * 60);
    expect((await open('a')).status).toBe(201);
    api.office.advance(24 * 60 * 60_000);
    expect((await open('c')).status).toBe(201);
    // The one that made room is forgotten.
    expect(api.office.hub.state.answers.of(api.tokenId)).toHaveLength(2);
  });
});

describe('reading', () => {
  test('goes through all that has ended by a cursor, over a restart', async () => {
    const api = await opened();
    const ids: string[] = [];
    for (const id of ['a', 'b', 'c']) {
      const { conversationId } = (await api.post('/conversations', { customer: { id }, text: `Hello ${id}` })).json;
      await api.post(`/conversations/${conversationId}/close`, {});
      ids.unshift(conversationId);
      api.office.advance(1_000);
    }
    const first = (await api.get('/export/conversations?limit=2')).json;
    expect(first.conversations.map((each: { conversation: object }) => each.conversation)).toMatchObject(
      ids.slice(0, 2).map((conversationId) => ({ conversationId })),
    );
    expect(first.conversations[0].messages.map(({ text }: { text: string }) => text)).toContain('Hello c');
    const restarted = await ApiOffice.around(await api.office.restart(10 * 60_000));
    restarted.token = api.token;
    const second = (await restarted.get(`/export/conversations?limit=2&after=${first.next}`)).json;
    expect(second.conversations).toMatchObject([{ conversation: { conversationId: ids[2] } }]);
    expect(second.next).toBe(null);
    expect(await restarted.get('/export/conversations?after=bm9uZQ')).toMatchObject({
      status: 400,
      json: { code: 'cursorUnknown' },
    });
  });

  test('tells of agents, groups and customers', async () => {
    const { api, customerId } = await talking();
    expect((await api.get('/agents')).json.agents).toMatchObject([
      { name: 'Sam' },
      { name: 'Ana', status: 'online', connected: true, capacity: 5 },
    ]);
    expect((await api.get('/groups')).json.groups).toMatchObject([{ groupId: api.office.groupId, open: true }]);
    expect((await api.get(`/customers/${customerId}`)).json).toMatchObject({ customerId, contact: 'mei@example.com' });
    expect((await api.get('/customers?id=nobody')).status).toBe(404);
  });

  test('finds a past customer in the files without bringing them back', async () => {
    const { api, conversationId, customerId } = await talking();
    await api.post(`/conversations/${conversationId}/close`, {});
    api.office.advance(3 * 24 * 60 * 60_000);
    const settled = api.office.hub.pastCustomers.settle();
    api.office.flush();
    await settled;
    expect(api.office.hub.state.customers.has(customerId)).toBe(false);
    expect((await api.get('/customers?id=c-17')).json).toMatchObject({ customerId, name: 'Mei Chen' });
    expect(api.office.hub.state.customers.has(customerId)).toBe(false);
    expect((await api.post('/conversations', { customer: { id: 'c-17' } })).json.customerId).toBe(customerId);
  });
});

describe('other things', () => {
  test('a message is left, with its answer’s address', async () => {
    const api = await opened();
    const left = await api.post('/left-messages', { customer: mei, contact: 'mei@example.com', text: 'Call me' });
    expect(left.status).toBe(201);
    expect(api.office.hub.state.leftMessages.get(left.json.leftMessageId)).toMatchObject({ text: 'Call me' });
  });

  test('a conversation with an assistant is handed over to people', async () => {
    const api = await opened();
    await api.office.online('Ana');
    await api.office.assistant();
    const { conversationId } = (await api.post('/conversations', { customer: mei, text: 'Hi' })).json;
    expect((await api.post(`/conversations/${conversationId}/hand-over`, {})).status).toBe(200);
    const again = await api.post(`/conversations/${conversationId}/hand-over`, {});
    expect(again).toMatchObject({ status: 409, json: { code: 'notAssisted' } });
  });

  test('tags are the office’s', async () => {
    const { api, ana, conversationId } = await talking();
    await api.boss({ op: 'office.put', tags: ['order'] });
    expect((await api.ask('PUT', `/conversations/${conversationId}/tags`, { body: { tags: ['order'] } })).status).toBe(
      200,
    );
    expect(ana.conversation.tags).toEqual(['order']);
    const other = await api.ask('PUT', `/conversations/${conversationId}/tags`, { body: { tags: ['x'] } });
    expect(other).toMatchObject({ status: 422, json: { code: 'unknownTag', field: 'tags' } });
  });

  test('no two ids are one customer: half a character, whose bytes are those of others, is refused', async () => {
    const api = await opened();
    for (const id of ['c-\ud83d', '\ude00-17']) {
      expect(await api.post('/conversations', { customer: { id } })).toMatchObject({
        status: 400,
        json: { code: 'badRequest', field: 'customer.id' },
      });
    }
    expect(await api.post('/conversations', { customer: { id: 'c-😀' } })).toMatchObject({ status: 201 });
  });

  test('an id may be as long as a signed one on the page', async () => {
    const api = await opened();
    const id = 'c'.repeat(200);
    expect(await api.post('/conversations', { customer: { id } })).toMatchObject({ status: 201 });
    expect(await api.get(`/customers?id=${id}`)).toMatchObject({ status: 200, json: { officeId: id } });
  });

  test('a blocked customer is refused', async () => {
    const { api, customerId } = await talking();
    await api.boss({ op: 'customer.block', customerId, forMs: null, address: false, note: '' });
    expect(await api.post('/conversations', { customer: mei })).toMatchObject({
      status: 409,
      json: { code: 'blocked' },
    });
  });

  test('a full disk refuses words, and says so', async () => {
    const { api, conversationId } = await talking();
    api.office.hub.health.diskSpace('short', 1);
    const answer = await api.post(`/conversations/${conversationId}/messages`, { as: 'office', text: 'x' });
    expect(answer).toMatchObject({ status: 503, json: { code: 'hubReadOnly' } });
    expect(answer.headers['retry-after']).toBeDefined();
  });

  test('a hub that stops answers what is under way', async () => {
    const api = await opened();
    const [read] = await readThatWaits(api);
    api.office.hub.stop();
    api.office.flush();
    expect(await read).toMatchObject({ status: 503, json: { code: 'hubClosed' } });
    expect((await api.get('/token')).status).toBe(503);
  });

  test('what a token has made outlives it, but for its keys', async () => {
    const { api, conversationId } = await talking();
    await api.post(`/conversations/${conversationId}/messages`, { as: 'office', text: 'x' }, { key: 'k' });
    await api.boss({ op: 'apiToken.revoke', tokenId: api.tokenId });
    expect(api.office.hub.state.answers.of(api.tokenId)).toEqual([]);
    const back: TestHub = await api.office.restart();
    expect(back.hub.state.config.apiTokens.size).toBe(0);
    expect(back.hub.state.threads.get(conversationId)?.messages.at(-1)?.from).toMatchObject({ kind: 'program' });
  });
});
