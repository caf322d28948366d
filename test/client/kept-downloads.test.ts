import { expect, test } from 'vitest';
import { keepDownloads } from '../../shared/client/kept-downloads';
import { TransferFailed } from '../../shared/client/transfer';

function downloading(bytesMax: number) {
  const asked: string[] = [];
  let lost = false;
  const transfer = keepDownloads(
    {
      upload: () => Promise.reject(new TransferFailed('linkLost')),
      async download(conversationId, attachmentId) {
        asked.push(`${conversationId}/${attachmentId}`);
        if (lost) throw new TransferFailed('linkLost');
        return new Blob(['x'.repeat(40)]);
      },
    },
    bytesMax,
  );
  const { forget } = transfer;
  return { asked, forget, download: (id: string) => transfer.download('c1', id), lose: (on: boolean) => (lost = on) };
}

test('the same file is fetched once, and what was asked for longest ago goes first', async () => {
  const { asked, download } = downloading(100);
  const first = await download('a');
  await download('b');
  expect(await download('a')).toBe(first);
  await download('c');
  // `b` was asked for longest ago.
  await download('a');
  await download('b');
  expect(asked).toEqual(['c1/a', 'c1/b', 'c1/c', 'c1/b']);
});

test('two at once count once, and what is larger than all is given and not kept', async () => {
  const { asked, download } = downloading(60);
  await Promise.all([download('a'), download('a')]);
  await download('a');
  expect(asked).toHaveLength(2);
  const small = downloading(10);
  expect((await small.download('a')).size).toBe(40);
  await small.download('a');
  expect(small.asked).toHaveLength(2);
});

test('a failure is told and asked for again', async () => {
  const { asked, download, lose } = downloading(100);
  lose(true);
  await expect(download('a')).rejects.toThrow('linkLost');
  lose(false);
  await download('a');
  await download('a');
  expect(asked).toHaveLength(2);
});

test('those of a conversation that is to be forgotten are asked for again, the others are not', async () => {
  const { asked, download, forget } = downloading(100);
  await download('a');
  forget((conversationId) => conversationId === 'c2');
  await download('a');
  expect(asked).toEqual(['c1/a']);
  forget((conversationId) => conversationId === 'c1');
  await download('a');
  expect(asked).toEqual(['c1/a', 'c1/a']);
});
