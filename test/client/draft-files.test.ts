import { expect, test } from 'vitest';
import { createDraftFiles, pastedFiles, readRefs, sayBytes, writeRefs } from '../../shared/client/draft-files';
import type { AttachmentRef } from '../../shared/protocol/attachments';
import { createFakeTransfer } from './fake-transfer';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function drafting(kept: AttachmentRef[] = []) {
  const transfer = createFakeTransfer();
  const measure = async (file: Blob) => (file.type === 'image/png' ? { width: 8, height: 6 } : null);
  const draft = createDraftFiles({ transfer, measure, changed: () => undefined, kept });
  const states = () => draft.files.map(({ name, state, code }) => [name, state, code]);
  return { transfer, draft, states };
}

const file = (name: string, type = 'image/png', bytes = 3) => new File(['x'.repeat(bytes)], name, { type });

test('ready when every file is on the hub, in the order they were picked, and empty again when taken', async () => {
  const { transfer, draft, states } = drafting();
  expect(draft.ready).toBe(true);
  draft.add([file('a.png'), file('b.pdf', 'application/pdf')]);
  expect(draft.ready).toBe(false);
  transfer.uploads[1]!.resolve();
  await turn();
  expect(states()).toEqual([
    ['a.png', 'uploading', null],
    ['b.pdf', 'ready', null],
  ]);
  expect(draft.ready).toBe(false);
  transfer.uploads[0]!.resolve();
  await turn();
  expect(draft.ready).toBe(true);
  expect(draft.take()).toEqual([
    { attachmentId: '1'.repeat(64), name: 'a.png', width: 8, height: 6 },
    { attachmentId: '2'.repeat(64), name: 'b.pdf' },
  ]);
  expect([draft.files, draft.take()]).toEqual([[], []]);
});

test('one that fails says why, holds the message back, and goes up again or away', async () => {
  const { transfer, draft, states } = drafting();
  draft.add([file('a.png')]);
  transfer.uploads[0]!.reject('typeRefused');
  await turn();
  expect([states(), draft.ready]).toEqual([[['a.png', 'failed', 'typeRefused']], false]);
  const { key } = draft.files[0]!;
  draft.retry(key);
  expect(states()).toEqual([['a.png', 'uploading', null]]);
  transfer.uploads[1]!.reject('linkLost');
  await turn();
  draft.remove(key);
  expect([draft.files, draft.ready, transfer.uploads.length]).toEqual([[], true, 2]);
});

test('what can be told without the hub does not go up', () => {
  const { transfer, draft, states } = drafting();
  draft.add([file('big.png', 'image/png', 10 * 1024 ** 2 + 1), file('none.txt', 'text/plain', 0)]);
  draft.add(Array.from({ length: 4 }, (_, index) => file(`${index}.png`)));
  expect(states().map(([, , code]) => code)).toEqual(['tooLarge', 'emptyFile', null, null, null, 'tooManyFiles']);
  expect(transfer.uploads).toHaveLength(3);
});

test('removed while it goes up: given up, and never part of the message', async () => {
  const { transfer, draft } = drafting();
  draft.add([file('a.png'), file('b.png')]);
  draft.remove(draft.files[0]!.key);
  for (const upload of transfer.uploads) upload.resolve();
  await turn();
  expect(draft.take().map(({ name }) => name)).toEqual(['b.png']);
});

test('those that have arrived are kept over a reload, and only those', async () => {
  const before = drafting();
  before.draft.add([file('a.png'), file('b.png'), file('c.png')]);
  before.transfer.uploads[0]!.resolve();
  before.transfer.uploads[1]!.reject('linkLost');
  await turn();
  const kept = readRefs(writeRefs(before.draft.refs));
  expect(kept).toEqual([{ attachmentId: '1'.repeat(64), name: 'a.png', width: 8, height: 6 }]);

  const { draft, states, transfer } = drafting(kept);
  expect([states(), draft.ready]).toEqual([[['a.png', 'ready', null]], true]);
  draft.add(Array.from({ length: 5 }, (_, index) => file(`${index}.png`)));
  expect(states().map(([, state]) => state)).toEqual(['ready', ...Array(4).fill('uploading'), 'failed']);
  for (const upload of transfer.uploads) upload.resolve();
  draft.remove(draft.files.at(-1)!.key);
  await turn();
  expect(draft.take().map(({ name }) => name)).toEqual(['a.png', '0.png', '1.png', '2.png', '3.png']);
  expect(draft.refs).toEqual([]);
});

test.each(['', 'no JSON', '{"attachmentId":"1"}', '[1, null, {"name":"a.png"}]'])('nothing is kept in %j', (text) => {
  expect(readRefs(text)).toEqual([]);
});

test.each([
  [1, '1 kB'],
  [20_480, '20 kB'],
  [3_400_000, '3.4 MB'],
])('%d bytes are %s', (bytes, said) => {
  expect(sayBytes(bytes, 'en')).toBe(said);
});

test.each([
  ['cells of Excel', ['text/plain', 'text/html', 'text/rtf', 'Files'], []],
  ['cells of LibreOffice', ['text/html', 'text/plain', 'Files'], []],
  ['words of a slide', ['text/plain', 'text/rtf', 'Files'], []],
  ['a screenshot', ['Files'], ['a.png']],
  ["a browser's picture", ['text/html', 'Files'], ['a.png']],
  ["a file manager's file", ['text/plain', 'Files'], ['a.png']],
  ['words', ['text/plain'], []],
])('%s pasted', (_, types, names) => {
  const files = types.includes('Files') ? [file('a.png')] : [];
  expect(pastedFiles({ types, files } as unknown as DataTransfer).map(({ name }) => name)).toEqual(names);
});
