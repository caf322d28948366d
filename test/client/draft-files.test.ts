import { expect, test } from 'vitest';
import { createDraftFiles, sayBytes } from '../../shared/client/draft-files';
import { createFakeTransfer } from './fake-transfer';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function drafting() {
  const transfer = createFakeTransfer();
  const measure = async (file: Blob) => (file.type === 'image/png' ? { width: 8, height: 6 } : null);
  const draft = createDraftFiles({ transfer, measure, changed: () => undefined });
  const states = () => draft.files.map(({ file, state, code }) => [file.name, state, code]);
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

test.each([
  [1, '1 kB'],
  [20_480, '20 kB'],
  [3_400_000, '3.4 MB'],
])('%d bytes are %s', (bytes, said) => {
  expect(sayBytes(bytes, 'en')).toBe(said);
});
