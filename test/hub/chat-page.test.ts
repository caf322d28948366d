import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ChatPage, chatPageDefault, type OfficeWords } from '../../shared/protocol/chat-page';
import { sentenceKeys, variablesOf } from '../../shared/protocol/sentences';
import { CustomersListener } from '../support/customers-listener';
import { TestHub } from '../support/hub';

async function supervised() {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const put = (words: Partial<OfficeWords>, others: Partial<ChatPage> = {}) =>
    sam.command({
      op: 'chatPage.put',
      chatPage: { ...chatPageDefault, ...others, words: { en: {}, zh: {}, ...words } },
    });
  return { office, sam, put };
}

test('the office’s words are told to supervisors, kept over a restart, and in the audit log', async () => {
  const { office, sam, put } = await supervised();
  expect(sam.events('office.changed').at(-1)?.office.chatPage ?? chatPageDefault).toEqual(chatPageDefault);
  const words = { en: { 'form.intro': 'Welcome to {office}' }, zh: { 'line.joined': '{agent} 来了' } };
  expect(put(words).type).toBe('ack');
  sam.command({ op: 'office.put', name: 'Nordlys' });
  expect(sam.events('office.changed').at(-1).office).toMatchObject({ name: 'Nordlys', chatPage: { words } });
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 2 })).result;
  expect(entries[1].changes).toEqual([
    { field: 'chatPage.words.en.form.intro', before: null, after: 'Welcome to {office}' },
    { field: 'chatPage.words.zh.line.joined', before: null, after: '{agent} 来了' },
  ]);
  const next = await office.restart();
  expect((await next.supervisor()).events('office.changed').at(-1).office.chatPage.words).toEqual(words);
});

test('an unknown variable is refused with the sentence and what may stand there; nothing of the rest is taken', async () => {
  const { sam, put } = await supervised();
  const wrong = { 'form.intro': 'Hello', 'line.joined': '{agnet} is here' };
  expect(put({ en: { 'form.intro': 'Hello' }, zh: wrong })).toMatchObject({
    type: 'refused',
    code: 'invalid',
    field: 'chatPage.words.zh.line.joined',
    message: expect.stringContaining('{agnet} means nothing here: write {agent} or {office}, or no braces'),
  });
  expect(sam.events('office.changed').at(-1).office.chatPage).toEqual(chatPageDefault);
});

test.each([
  { 'form.intro': 'Hi {agent}' },
  { 'form.intro': 'Hi {}' },
  { 'form.intro': 'x'.repeat(501) },
  { 'form.intro': 5 },
  { 'no.such': 'Hi' },
])('%o is refused', async (en) => {
  const { put } = await supervised();
  expect(put({ en } as never)).toMatchObject({ type: 'refused', code: 'invalid' });
});

test('each variable of each sentence is taken in it', async () => {
  const { put } = await supervised();
  const all = Object.fromEntries(
    sentenceKeys.map((key) => [
      key,
      variablesOf(key)
        .map((name) => `{${name}}`)
        .join(' '),
    ]),
  );
  expect(put({ en: all, zh: all }).type).toBe('ack');
});

test('what a setting said before is said by the office’s words from then on; no words leave it as it is', async () => {
  const { office, sam, put } = await supervised();
  sam.command({ op: 'settings.update', settings: { texts: { redirected: 'One moment.', silenceNotice: '' } } });
  put({ en: { 'line.customerSilent': 'Hello?', 'form.intro': 'Hi' } });
  expect(office.hub.state.routing.settings.texts.redirected).toBe('One moment.');
  put({ zh: { 'line.redirected': '请稍候' } });
  // Empty: nothing is said at all, which words do not say.
  expect(office.hub.state.routing.settings.texts).toEqual({ redirected: null, outsideHours: null, silenceNotice: '' });
});

test('customers who are there are told at once, those who come know by the welcome, and nobody of what they cannot see', async () => {
  const { office, sam, put } = await supervised();
  const mei = await office.customer('Mei', null);
  const first = mei.welcome.office.pageRevision;
  put({ en: { 'form.intro': 'Hi' } });
  const { revision } = mei.events('chatPage.changed').at(-1);
  expect(revision).not.toBe(first);
  expect((await office.customer('Li', null)).welcome.office.pageRevision).toBe(revision);
  sam.command({ op: 'office.put', tags: ['refund'] });
  expect(mei.events('chatPage.changed')).toHaveLength(1);
  sam.command({ op: 'office.put', name: 'Renamed' });
  expect(mei.events('chatPage.changed')).toHaveLength(2);
});

test('the page gets one language, with the office’s name in place, as long as it has not got it', async () => {
  const { office, sam, put } = await supervised();
  const at = await CustomersListener.open(office);
  sam.command({ op: 'office.put', name: 'A $& B' });
  put({ en: { 'form.intro': '{office}: hello' }, zh: { 'form.intro': '您好' } });
  const english = await at.get('/chat-page.en.json');
  const revision = (await office.customer('Li', null)).welcome.office.pageRevision;
  expect(JSON.parse(english.body.toString())).toEqual({ revision, words: { 'form.intro': 'A $& B: hello' } });
  expect(JSON.parse((await at.get('/chat-page.zh.json')).body.toString()).words).toEqual({ 'form.intro': '您好' });
  expect(english.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  const small = await at.get('/chat-page.en.json', { 'accept-encoding': 'gzip' });
  expect(gunzipSync(small.body)).toEqual(english.body);
  expect((await at.get('/chat-page.en.json', { 'if-none-match': english.headers.etag! })).status).toBe(304);
  put({ en: { 'form.intro': 'Other' } });
  expect((await at.get('/chat-page.en.json', { 'if-none-match': english.headers.etag! })).status).toBe(200);
  for (const path of ['/chat-page.de.json', '/chat-page.json', '/chat-page.en.json/'])
    expect((await at.get(path)).status).toBe(404);
  expect((await at.get('/chat-page.en.json', {}, 'agent')).status).toBe(404);
});
