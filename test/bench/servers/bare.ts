import { type FileHandle, open } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { headBytes, placeBytes } from '../load/bare-frame';
import { serve } from './serve';

// Bare `ws` that forwards bytes: a frame begins with the place of the socket it goes to.
//   forward           as it comes
//   acknowledge       and its head goes back to the sender
//   each FILE         appended and synced by itself, then as `acknowledge`
//   grouped FILE      the same; what comes during a sync shares the next one
type Forward = (data: Buffer, from: WebSocket) => void;

const [mode = 'forward', file = ''] = process.argv.slice(2);
const places: WebSocket[] = [];

function forward(data: Buffer): void {
  places[Number(data.toString('latin1', 0, placeBytes))]!.send(data, { binary: false });
}

function acknowledge(data: Buffer, from: WebSocket): void {
  forward(data);
  from.send(data.subarray(0, headBytes), { binary: false });
}

interface Waiting {
  data: Buffer;
  from: WebSocket;
}

function durable(journal: FileHandle, batchMax: number): Forward {
  let waiting: Waiting[] = [];
  let writing = false;
  const write = async () => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax);
      waiting = waiting.slice(batch.length);
      const lines = batch.flatMap(({ data }) => [data, newLine]);
      await journal.write(Buffer.concat(lines));
      await journal.datasync();
      for (const { data, from } of batch) acknowledge(data, from);
    }
    writing = false;
  };
  return (data, from) => {
    waiting.push({ data, from });
    if (!writing) void write();
  };
}

const newLine = Buffer.from('\n');

async function chosen(): Promise<Forward> {
  if (mode === 'forward') return forward;
  if (mode === 'acknowledge') return acknowledge;
  return durable(await open(file, 'a', 0o600), mode === 'each' ? 1 : Number.POSITIVE_INFINITY);
}

const take = await chosen();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const place = new URL(request.url ?? '/', 'ws://bare').searchParams.get('place');
  if (place !== null) places[Number(place)] = socket;
  socket.on('message', (data) => take(data as Buffer, socket));
});
server.once('listening', () => serve({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` }));
