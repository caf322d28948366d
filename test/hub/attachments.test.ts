import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { attachmentPath } from '../../main/hub/store/attachment-files';
import { AttachmentOffice } from '../support/attachment-office';
import { files } from '../support/files';
import type { HubFixture, TestClient } from '../support/hub';

const small = (limits: Partial<typeof defaultLimits.attachments>): HubFixture => ({
  limits: { attachments: { ...defaultLimits.attachments, ...limits } },
});

const arriving = (folder: string) => readdirSync(join(folder, 'attachments', 'arriving'));

/** Ana serves Mei; Ben is in another group, Zoe another customer. */
async function served(fixture: HubFixture = {}) {
  const desk = await AttachmentOffice.open(fixture);
  const { office } = desk;
  const ana = await office.online('Ana');
  const ben = await office.agent('Ben', { groups: [] });
  const mei = await office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const zoe = await office.customer('Zoe', null);
  return { desk, office, ana, ben, mei, zoe, conversationId };
}

const idOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');
const stored = (folder: string) =>
  readdirSync(join(folder, 'attachments'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\w{64}$/.test(name),
  );

test('a customer sends a picture without words, the agent fetches it, and answers with a PDF', async () => {
  const { desk, ana, mei, conversationId } = await served();
  const attachmentId = idOf(files.png);
  const up = await desk.upload(mei, files.png);
  const size = { width: 1, height: 1 };
  expect([up.status, up.json]).toEqual([201, { attachmentId, type: 'image/png', bytes: files.png.length, ...size }]);
  const picture = { attachmentId, name: 'shoe.png', ...size };
  expect(mei.command({ op: 'message.send', text: '', attachments: [picture] }).type).toBe('ack');
  const wanted = { ...picture, type: 'image/png', bytes: files.png.length };
  for (const client of [ana, mei]) expect(client.messages.at(-1)).toMatchObject({ text: '', attachments: [wanted] });
  for (const client of [ana, mei]) {
    const got = await desk.ask(client, `/attachments/${conversationId}/${attachmentId}`);
    expect([got.status, got.body.equals(files.png)]).toEqual([200, true]);
  }
  expect((await desk.say(ana, files.pdf, 'invoice.pdf', { conversationId })).type).toBe('ack');
  const pdf = await desk.ask(mei, `/attachments/${conversationId}/${idOf(files.pdf)}`);
  expect(pdf.headers['content-disposition']).toBe(`attachment; filename="invoice.pdf"; filename*=UTF-8''invoice.pdf`);
});

test('a blocked customer sends and fetches nothing, and the file leaves no trace', async () => {
  const { desk, office, ana, mei, conversationId } = await served();
  await desk.say(mei, files.png, 'shoe.png');
  const kept = stored(desk.folder);
  const block = { customerId: mei.welcome.customerId, forMs: null, address: false, note: '' };
  expect(ana.command({ op: 'customer.block', ...block }).type).toBe('ack');
  const { seq } = office.hub.state;
  for (const got of [
    await desk.upload(mei, files.pdf),
    await desk.ask(mei, `/attachments/${conversationId}/${idOf(files.png)}`),
  ])
    expect([got.status, got.json.code]).toEqual([403, 'blocked']);
  expect([office.hub.state.seq, stored(desk.folder), arriving(desk.folder)]).toEqual([seq, kept, []]);
  expect((await desk.upload(ana, files.pdf)).status).toBe(201);
});

test('who is blocked while their file comes is refused, and nothing is left of it', async () => {
  const { desk, ana, mei } = await served();
  const upload = await begun(desk, mei, 'a');
  const block = { customerId: mei.welcome.customerId, forMs: null, address: false, note: '' };
  expect(ana.command({ op: 'customer.block', ...block }).type).toBe('ack');
  upload.sent.end('b');
  expect(await upload.answered).toBe(403);
  expect([stored(desk.folder), arriving(desk.folder)]).toEqual([[], []]);
});

test('an erasure ends what its customer is sending before it is acknowledged', async () => {
  const { desk, office, mei, zoe } = await served();
  zoe.command({ op: 'conversation.open', name: 'Zoe' });
  const upload = await begun(desk, mei, 'a');
  const other = await begun(desk, zoe, 'b', 2);
  await desk.flushed(office.hub.erasures.erase(mei.welcome.customerId, { kind: 'local' }));
  expect(arriving(desk.folder)).toHaveLength(1);
  expect(await upload.answered).toBe(0);
  other.sent.end('c');
  expect(await desk.flushed(other.answered)).toBe(201);
  expect(stored(desk.folder)).toHaveLength(1);
});

test('a file is fetched long after the message that names it has left what the hub holds', async () => {
  const { desk, office, ana, mei, zoe, conversationId } = await served({ limits: { conversationMessagesMax: 6 } });
  await desk.say(mei, files.png, 'shoe.png');
  for (let word = 0; word < 10; word += 1) mei.command({ op: 'message.send', text: `word ${word}` });
  const held = office.hub.state.threads.get(conversationId)!.messages;
  expect(held.some(({ attachments }) => attachments)).toBe(false);
  const path = `/attachments/${conversationId}/${idOf(files.png)}`;
  for (const client of [ana, mei]) expect((await desk.ask(client, path)).body.equals(files.png)).toBe(true);
  expect((await desk.ask(zoe, path)).status).toBe(404);
  expect((await desk.ask(mei, `/attachments/${conversationId}/${idOf(files.pdf)}`)).status).toBe(404);
});

test('an upload is answered when it is on disk and recorded, and not before', async () => {
  const { desk, office, mei } = await served();
  office.flushing = 'hand';
  let answered = false;
  const up = desk.send('customer', '/attachments', { method: 'POST', body: files.gif, token: mei.welcome.token });
  void up.then(() => {
    answered = true;
  });
  while (office.store.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(readFileSync(join(desk.folder, attachmentPath(idOf(files.gif)))).equals(files.gif)).toBe(true);
  // An answer on its way would be here before that of a later request.
  expect((await desk.send('customer', '/', {})).status).toBe(302);
  expect(answered).toBe(false);
  office.flush();
  expect((await up).status).toBe(201);
});

const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

test.each([
  ['png', 'image/png'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['gbk', 'text/plain'],
  ['latin', 'text/plain'],
  ['utf16', 'text/plain'],
  ['docx', `${openXml}.wordprocessingml.document`],
  ['xlsx', `${openXml}.spreadsheetml.sheet`],
  ['pptx', `${openXml}.presentationml.presentation`],
  ['docm', 'application/zip'],
  ['odt', `${openDocument}.text`],
  ['ods', `${openDocument}.spreadsheet`],
  ['odp', `${openDocument}.presentation`],
  ['zip', 'application/zip'],
  ['heic', 'image/heic'],
  ['mp4', 'video/mp4'],
] as const)(
  '%s is told by its bytes, whatever it is called, and saved under a name of its type',
  async (kind, type) => {
    const { desk, ana, mei, conversationId } = await served();
    expect((await desk.say(mei, files[kind], 'run.html')).type).toBe('ack');
    const [attachment] = ana.messages.at(-1)?.attachments ?? [];
    expect(attachment).toMatchObject({ type, name: expect.stringMatching(/^run\.html\.\w+$/) });
    const got = await desk.ask(ana, `/attachments/${conversationId}/${idOf(files[kind])}`);
    expect(got.headers['content-type']?.toString().split(';')[0]).toBe(type);
  },
);

const polyglots: [string, Buffer, string][] = [
  ['GIF and script', Buffer.from('GIF89a\x01\x00\x01\x00/*\x00*/=1;alert(document.domain)//', 'latin1'), 'image/gif'],
  ['PDF and page', Buffer.from('%PDF-1.4\n<html><script>alert(1)</script></html>'), 'application/pdf'],
  ['page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'text/plain'],
];
test.each(polyglots)('%s in one: served as data that no browser runs', async (_what, body, type) => {
  const { desk, ana, mei, conversationId } = await served();
  await desk.say(mei, body, 'harmless.svg');
  const { headers, status } = await desk.ask(ana, `/attachments/${conversationId}/${idOf(body)}`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': type,
    'content-disposition': expect.stringMatching(/^attachment; filename="harmless\.svg\.\w+"/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  });
});

test.each([
  ['a program', files.exe, 415, 'typeRefused'],
  ['a program with a zip file behind it', Buffer.concat([files.exe, files.zip]), 415, 'typeRefused'],
  ['a text with a NUL', Buffer.from('abc\x00def'), 415, 'typeRefused'],
  ['bytes of no text', Buffer.from([0x61, 0xff, 0x03]), 415, 'typeRefused'],
  ['UTF-16 that ends within a character', Buffer.from('\ufeffab', 'utf16le').subarray(0, 5), 415, 'typeRefused'],
  ['a film that is no MP4', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1'), 415, 'typeRefused'],
  ['nothing', Buffer.alloc(0), 400, 'emptyFile'],
  ['one byte too many', Buffer.alloc(2049, 'a'), 413, 'tooLarge'],
])('%s is refused with plain words, and leaves nothing behind', async (_what, body, status, code) => {
  const { desk, mei } = await served(small({ bytesMax: 2048 }));
  const announced: Record<string, string> = { 'content-length': String(body.length) };
  for (const headers of [announced, { 'transfer-encoding': 'chunked' }]) {
    const got = await desk.upload(mei, body, { headers });
    expect([got.status, got.json.code]).toEqual([status, code]);
    expect(got.json.message).toMatch(/^[A-Z].*\.$/);
  }
  expect(stored(desk.folder)).toEqual([]);
  expect(arriving(desk.folder)).toEqual([]);
});

test('a disk with too little room takes no files, and says that messages still work', async () => {
  const { desk, mei } = await served(small({ freeBytesMin: Number.MAX_SAFE_INTEGER }));
  const got = await desk.upload(mei, files.png);
  expect([got.status, got.json]).toEqual([507, { code: 'noRoom', message: expect.stringContaining('still work') }]);
  expect(mei.command({ op: 'message.send', text: 'still here' }).type).toBe('ack');
});

test('who is not signed in on this listener gets and leaves nothing', async () => {
  const { desk, ana, mei, conversationId } = await served();
  await desk.say(mei, files.png, 'a.png');
  const path = `/attachments/${conversationId}/${idOf(files.png)}`;
  for (const token of [null, 'x'.repeat(43), ana.welcome.token]) {
    expect((await desk.send('customer', path, { token })).status).toBe(401);
    const up = await desk.send('customer', '/attachments', { method: 'POST', body: files.gif, token });
    expect([up.status, up.json.code]).toEqual([401, 'signInNeeded']);
  }
  expect((await desk.send('agent', path, { token: mei.welcome.token })).status).toBe(401);
  expect(stored(desk.folder)).toHaveLength(1);
  for (const origin of ['http://evil.example', 'null'])
    expect((await desk.ask(mei, path, { headers: { origin } })).status).toBe(403);
  expect((await desk.ask(mei, path, { headers: { host: 'evil.example' } })).status).toBe(421);
});

test("somebody else's file is answered as one that is not there", async () => {
  const { desk, office, ana, ben, mei, zoe, conversationId } = await served();
  await desk.say(mei, files.png, 'a.png');
  const path = `/attachments/${conversationId}/${idOf(files.png)}`;
  const missing = await desk.ask(mei, `/attachments/${conversationId}/${idOf(files.gif)}`);
  for (const client of [zoe, ben]) {
    const got = await desk.ask(client, path);
    expect([got.status, got.json]).toEqual([missing.status, missing.json]);
  }
  expect(missing).toMatchObject({ status: 404, json: { code: 'unknownAttachment' } });
  for (const odd of ['/attachments/', '/attachments/../../hub.json', `${path}/x`, path.toUpperCase(), `${path}%00`])
    expect([odd, (await desk.ask(mei, odd)).status]).toEqual([odd, 404]);
  // A supervisor reads what they watch, and only while they watch it.
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  expect((await desk.ask(boss, path)).status).toBe(404);
  boss.command({ op: 'conversation.watch', conversationId });
  expect((await desk.ask(boss, path)).status).toBe(200);
  ana.command({ op: 'conversation.close', conversationId });
  expect((await desk.ask(ana, path)).status).toBe(404);
});

test('a file is named by who uploaded it only: knowing its hash is not having it', async () => {
  const { desk, ana, mei, conversationId } = await served();
  const { attachmentId } = (await desk.upload(mei, files.png)).json;
  const attachments = [{ attachmentId, name: 'a.png' }];
  expect(ana.command({ op: 'message.send', conversationId, text: '', attachments })).toMatchObject({
    code: 'attachmentUnknown',
    field: 'attachments',
  });
  const many = Array.from({ length: 6 }, () => attachments[0]);
  expect(mei.command({ op: 'message.send', text: 'six', attachments: many })).toMatchObject({ code: 'invalid' });
  expect(mei.command({ op: 'message.send', text: ' ' })).toMatchObject({ code: 'invalid', field: 'text' });
  expect(mei.command({ op: 'message.send', text: '', attachments }).type).toBe('ack');
});

test('POST and GET only; a flood of uploads is told to wait, until time has passed', async () => {
  const customer = { ...defaultLimits.budgets.customer, uploads: { person: { burst: 2, perSecond: 0.1 } } };
  const { desk, office, mei } = await served({ limits: { budgets: { ...defaultLimits.budgets, customer } } });
  expect((await desk.ask(mei, '/attachments', { method: 'GET' })).status).toBe(405);
  expect((await desk.ask(mei, '/attachments/a/b', { method: 'DELETE' })).status).toBe(405);
  const statuses = [];
  for (const body of [files.png, files.gif, files.jpeg]) statuses.push((await desk.upload(mei, body)).status);
  expect(statuses).toEqual([201, 201, 429]);
  office.advance(10_000);
  expect((await desk.upload(mei, files.jpeg)).status).toBe(201);
});

test('an upload that never ends holds one place of its role, until its sender goes', async () => {
  const { desk, ana, mei, zoe } = await served(
    small({ uploadsAtOnceMax: { agent: { all: 1 }, customer: { all: 1 } } }),
  );
  const slow = request({
    ...{ host: '127.0.0.1', port: desk.ports.customer, path: '/attachments', method: 'POST', agent: false },
    headers: { authorization: `Bearer ${mei.welcome.token}` },
  }).on('error', () => undefined);
  slow.write(files.png);
  await vi.waitFor(() => expect(arriving(desk.folder)).toHaveLength(1));
  expect((await desk.upload(zoe, files.gif)).json.code).toBe('tooManyUploads');
  expect((await desk.upload(ana, files.pdf)).status).toBe(201);
  slow.destroy();
  await vi.waitFor(() => expect(arriving(desk.folder)).toEqual([]));
  zoe.command({ op: 'conversation.open', name: 'Zoe' });
  await vi.waitFor(async () => expect((await desk.upload(zoe, files.gif)).status).toBe(201));
  expect(stored(desk.folder)).toHaveLength(2);
});

/** An upload that goes on when its test says so; `count` are then on their way. */
async function begun(desk: AttachmentOffice, client: TestClient, text: string, count = 1) {
  const sent = request({
    ...{ host: '127.0.0.1', port: desk.ports.customer, path: '/attachments', method: 'POST', agent: false },
    headers: { authorization: `Bearer ${client.welcome.token}`, 'content-length': '2' },
  });
  const answered = new Promise<number>((resolve) => {
    sent.on('response', ({ statusCode }) => resolve(statusCode ?? 0)).on('error', () => resolve(0));
  });
  sent.write(text);
  await vi.waitFor(() => expect(arriving(desk.folder)).toHaveLength(count));
  return { sent, answered };
}

/** An upload of which so many bytes have come and no more do. */
async function halfSent(desk: AttachmentOffice, client: TestClient, bytes: number) {
  const answered = new Promise<number>((resolve) => {
    const sent = request({
      ...{ host: '127.0.0.1', port: desk.ports.customer, path: '/attachments', method: 'POST', agent: false },
      headers: { authorization: `Bearer ${client.welcome.token}`, 'content-length': String(1024 ** 2) },
    });
    sent.on('response', ({ statusCode }) => resolve(statusCode ?? 0)).on('error', () => resolve(0));
    sent.write(Buffer.alloc(bytes, 'a'));
  });
  await vi.waitFor(() => expect(arriving(desk.folder)).toHaveLength(1));
  return answered;
}

test('a file that drips is given up after ten seconds, and its place is free', async () => {
  const { desk, office, mei } = await served(small({ uploadsAtOnceMax: { agent: { all: 1 }, customer: { all: 1 } } }));
  const answered = halfSent(desk, mei, 1_024);
  await vi.waitFor(() => expect(arriving(desk.folder)).toHaveLength(1));
  expect((await desk.upload(mei, files.gif)).json).toMatchObject({
    code: 'tooManyUploads',
    now: { retryAfterMs: 1_000 },
  });
  office.advance(10_000);
  expect(await answered).toBe(408);
  expect(arriving(desk.folder)).toEqual([]);
  expect((await desk.upload(mei, files.gif)).status).toBe(201);
});

test('a customer without an open conversation leaves no file', async () => {
  const { desk, mei, zoe } = await served();
  expect((await desk.upload(zoe, files.png)).json).toMatchObject({ code: 'conversationClosed' });
  mei.command({ op: 'conversation.leave' });
  expect((await desk.upload(mei, files.png)).status).toBe(409);
  expect(stored(desk.folder)).toEqual([]);
});

test('before an agent has had them an address sends little, afterwards as much as people do', async () => {
  const customer = {
    ...defaultLimits.budgets.customer,
    uploadBytesUnserved: { address: { burst: 3_000, perSecond: 100 } },
  };
  const { desk, office, ana, mei, zoe } = await served({ limits: { budgets: { ...defaultLimits.budgets, customer } } });
  zoe.command({ op: 'conversation.open', name: 'Zoe' });
  const statuses = async (client: TestClient) => {
    const found = [];
    for (const letter of 'abcd') found.push((await desk.upload(client, Buffer.alloc(1_000, letter))).status);
    return found;
  };
  expect(await statuses(zoe)).toEqual([201, 201, 201, 429]);
  expect(await statuses(mei)).toEqual([201, 201, 201, 201]);
  const { headers, json } = await desk.upload(zoe, Buffer.alloc(1_000, 'd'));
  expect([headers['retry-after'], json.now.retryAfterMs]).toEqual(['10', 10_000]);
  office.advance(10_000);
  expect((await desk.upload(zoe, Buffer.alloc(1_000, 'd'))).status).toBe(201);
  const { offerId } = ana.conversations.find(({ stage }) => stage === 'offered')!;
  ana.command({ op: 'offer.accept', offerId });
  expect(await statuses(zoe)).toEqual([201, 201, 201, 201]);
});

test('a day has so many bytes for one person, whatever address they come from', async () => {
  const customer = { ...defaultLimits.budgets.customer, uploadBytes: { person: { burst: 2_500, perSecond: 1 } } };
  const { desk, mei } = await served({ limits: { budgets: { ...defaultLimits.budgets, customer } } });
  const send = async (letter: string, sent = {}) => (await desk.upload(mei, Buffer.alloc(1_000, letter), sent)).status;
  expect([await send('a'), await send('b'), await send('c')]).toEqual([201, 201, 429]);
  // One that does not say how long it is, is counted as it comes.
  expect(await send('d', { headers: { 'transfer-encoding': 'chunked' } })).toBe(429);
  expect(arriving(desk.folder)).toEqual([]);
});

test("customers' files have their share of the disk; agents' are taken beyond it", async () => {
  const { desk, ana, mei } = await served(small({ diskShareMax: 0 }));
  expect((await desk.upload(mei, files.png)).json.code).toBe('noRoom');
  expect((await desk.upload(ana, files.png)).status).toBe(201);
});

test('the limits are those that were decided: 10 MiB a file, and none below 500 MiB free', () => {
  expect(defaultLimits.attachments).toMatchObject({ bytesMax: 10_485_760, freeBytesMin: 524_288_000 });
});

test('a crash between upload and message: the upload is still there to be named, and what nothing names goes', async () => {
  const { desk, office, mei } = await served();
  const { attachmentId } = (await desk.upload(mei, files.png)).json;
  // On disk, but the crash came before its record.
  const lost = idOf(files.gif);
  mkdirSync(join(desk.folder, 'attachments', lost.slice(0, 2)), { recursive: true });
  writeFileSync(join(desk.folder, attachmentPath(lost)), files.gif);
  writeFileSync(join(desk.folder, 'attachments', 'arriving', '9'), 'half');
  // Named by a conversation that is closed and archived long ago.
  const old = idOf(files.pdf);
  mkdirSync(join(desk.folder, 'attachments', old.slice(0, 2)), { recursive: true });
  writeFileSync(join(desk.folder, attachmentPath(old)), files.pdf);
  mkdirSync(join(desk.folder, 'archive'));
  writeFileSync(join(desk.folder, 'archive', '2026-01-02.jsonl'), `{"attachments":[{"attachmentId":"${old}"}]}\n`);

  const again = await AttachmentOffice.around(await office.restart(), desk.folder);
  const { uploads } = again.office.hub.state;
  expect(await again.files.removeOrphans((id) => uploads.needs(id))).toBe(1);
  expect([attachmentId, lost, old].map((id) => existsSync(join(desk.folder, attachmentPath(id))))).toEqual([
    true,
    false,
    true,
  ]);
  expect(arriving(desk.folder)).toEqual([]);
  const back = await again.office.customer('Mei', null, { token: mei.welcome.token });
  const attachments = [{ attachmentId, name: 'a.png' }];
  expect(back.command({ op: 'message.send', text: '', attachments }).type).toBe('ack');
});

test('an upload that nobody names can be named for a day; then it goes at the next start', async () => {
  const { desk, office, mei, zoe } = await served();
  const { attachmentId } = (await desk.upload(mei, files.png)).json;
  office.advance(24 * 60 * 60_000 + 1);
  for (const client of [zoe, mei]) client.command({ op: 'conversation.open', name: 'Somebody' });
  expect((await desk.upload(zoe, files.gif)).status).toBe(201);
  const attachments = [{ attachmentId, name: 'a.png' }];
  expect(mei.command({ op: 'message.send', text: '', attachments })).toMatchObject({ code: 'attachmentUnknown' });
  const again = await AttachmentOffice.around(await office.restart(), desk.folder);
  expect(await again.files.removeOrphans((id) => again.office.hub.state.uploads.needs(id))).toBe(1);
});

test('a file goes without a start, too, when nothing names it; while it is being recorded it stays', async () => {
  const { desk, office, mei, zoe } = await served();
  const orphans = () => desk.files.removeOrphans((id) => office.hub.state.uploads.needs(id));
  office.flushing = 'hand';
  const [upload] = [desk.upload(mei, files.png), desk.upload(zoe, files.png)];
  const isThere = () => existsSync(join(desk.folder, attachmentPath(idOf(files.png))));
  await vi.waitFor(() => expect(isThere()).toBe(true));
  expect(await orphans()).toBe(0);
  office.flushing = 'auto';
  expect((await upload!).status).toBe(201);
  expect([await orphans(), isThere()]).toEqual([0, true]);
  office.advance(24 * 60 * 60_000 + 1);
  for (const client of [zoe, mei]) client.command({ op: 'conversation.open', name: 'Somebody' });
  expect((await desk.upload(zoe, files.gif)).status).toBe(201);
  expect([await orphans(), isThere()]).toEqual([1, false]);
});

test('the files of a past conversation are for who has opened it and may read it', async () => {
  const { desk, office, ana, ben, mei, conversationId } = await served();
  await desk.say(mei, files.png, 'shoe.png');
  ana.command({ op: 'conversation.close', conversationId });
  const path = `/attachments/${conversationId}/${idOf(files.png)}`;
  const status = async (client: TestClient) => (await desk.ask(client, path)).status;
  const endedAt = office.clock.now();
  const open = (client: TestClient) =>
    desk.flushed(
      new Promise((resolve) => {
        client.post({ op: 'conversation.read', conversationId, endedAt });
        setImmediate(resolve);
      }),
    );
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  expect([await status(ana), await status(boss)]).toEqual([404, 404]);
  for (const client of [ana, ben, boss]) await open(client);
  expect([await status(ana), await status(ben), await status(boss)]).toEqual([200, 404, 200]);
  const { agentId } = boss.welcome;
  const sam = await office.supervisor();
  sam.command({ op: 'agent.put', agentId, name: 'Olga', role: 'agent', capacity: 1, groups: [] });
  expect(await status(boss)).toBe(404);
});
