import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ChatPage, chatPageDefault, type OfficeWords } from '../../shared/protocol/chat-page';
import { sentenceKeys, variablesOf } from '../../shared/protocol/sentences';
import { CustomersListener } from '../support/customers-listener';
import { TestHub } from '../support/hub';
import { smallPng } from '../support/small-png';

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

test('what would turn the words beside the office’s is taken out of these, but not what letters need', async () => {
  const { sam, put } = await supervised();
  put({ en: { 'queue.place': '\u202e{place}\u2067 in\u200f line' } });
  expect(sam.events('office.changed').at(-1).office.chatPage.words.en).toEqual({
    'queue.place': '{place} in\u200f line',
  });
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
  expect(JSON.parse(english.body.toString())).toEqual({
    revision,
    words: { 'form.intro': 'A $& B: hello' },
    styles: '',
    logo: null,
  });
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

test('the page and the launcher are in the office’s colour, on its side, with its greeting', async () => {
  const { office, put } = await supervised();
  const at = await CustomersListener.open(office);
  const launcher = { side: 'left' as const, sidePx: 8, bottomPx: 120 };
  put({ zh: { 'widget.greeting': '您好' } }, { look: { color: '#ffdd00', logo: null, launcher } });
  const { styles } = JSON.parse((await at.get('/chat-page.en.json')).body.toString());
  expect(styles).toMatch(/^:root\{--theme:#ffdd00;--on-theme:#000000;/);
  expect(styles).toContain('@media (prefers-color-scheme: dark)');
  const script = (await at.get('/widget.js')).body.toString();
  expect(script).toContain('"theme":"#ffdd00","onTheme":"#000000"');
  expect(script).toContain('"launcher":{"side":"left","sidePx":8,"bottomPx":120},"greeting":{"zh":"您好"}');
});

test.each(['red', '#FFF', '#0F766E', '#0f766e;}', 'url(x)'])('%j is no colour', async (color) => {
  const { put } = await supervised();
  expect(put({}, { look: { ...chatPageDefault.look, color } })).toMatchObject({
    code: 'invalid',
    field: 'chatPage.look.color',
  });
});

test('the logo is served as a picture and nothing else, for good under its own name, and gone with the next', async () => {
  const { office, sam, put } = await supervised();
  const at = await CustomersListener.open(office);
  expect(put({}, { look: { ...chatPageDefault.look, logo: smallPng } }).type).toBe('ack');
  const { logo } = JSON.parse((await at.get('/chat-page.en.json')).body.toString());
  expect(logo).toMatch(/^\/logo-[0-9a-f]{16}\.png$/);
  const served = await at.get(logo);
  expect(served.body).toEqual(Buffer.from(smallPng, 'base64'));
  expect(served.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 1 })).result;
  expect(entries[0].changes).toEqual([{ field: 'chatPage.look.logo', before: null, after: logo }]);
  put({});
  expect((await at.get(logo)).status).toBe(404);
});

const png = Buffer.from(smallPng, 'base64');
const tooWide = Buffer.from(png);
tooWide.writeUInt32BE(513, 16);
test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'.padEnd(90))],
  ['a JPEG', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(80)])],
  ['a PNG that is too wide', tooWide],
  ['a PNG without a size', png.subarray(0, 16)],
  ['a PNG that is too large', Buffer.concat([png, Buffer.alloc(16 * 1024)])],
])('%s is no logo', async (_what, bytes) => {
  const { put } = await supervised();
  const look = { ...chatPageDefault.look, logo: bytes.toString('base64') };
  expect(put({}, { look })).toMatchObject({ type: 'refused', code: 'invalid', field: 'chatPage.look.logo' });
});

test('text that is no base64 is no logo', async () => {
  const { put } = await supervised();
  const logo = `${smallPng.slice(0, -8)}<b>"</b>`;
  expect(put({}, { look: { ...chatPageDefault.look, logo } })).toMatchObject({ field: 'chatPage.look.logo' });
});
