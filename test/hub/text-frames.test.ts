import { expect, test } from 'vitest';
import { Receiver } from 'ws';
import { textFrames } from '../../main/hub/text-frames';

test('texts of every length and script are read by ws as they were', async () => {
  const lengths = [1, 125, 126, 127, 65_535, 65_536, 100_000];
  const texts = ['', ...lengths.map((length) => 'x'.repeat(length)), 'café', '订单'.repeat(50), '👋'.repeat(20_000)];
  const read: string[] = [];
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer, isBinary: boolean) => read.push(isBinary ? 'binary' : data.toString()));
  await new Promise<void>((resolve, reject) => {
    receiver.on('error', reject);
    receiver.write(textFrames(texts), () => resolve());
  });
  expect(read).toEqual(texts);
});
