import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrames } from '../../main/hub/listen/text-frames';

test('texts of every length and script are read by ws as they were', async () => {
  const lengths = [1, 125, 126, 127, 65_535, 65_536, 100_000];
  const texts = ['', ...lengths.map((length) => 'x'.repeat(length)), 'café', '订单'.repeat(50), '👋'.repeat(20_000)];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => void server.close());
  server.on('connection', (_ws, { socket }) => socket.write(textFrames(texts)));
  await new Promise((resolve) => server.once('listening', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => client.terminate());
  const read: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data, isBinary) => {
      read.push(isBinary ? 'binary' : data.toString());
      if (read.length === texts.length) resolve();
    });
  });
  expect(read).toEqual(texts);
});
