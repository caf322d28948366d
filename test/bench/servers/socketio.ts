import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { serve } from './serve';

// A straightforward Socket.IO server: a room for each side, no checks. Each message is appended to FILE and synced
// before it is delivered and acknowledged; what comes during a sync shares the next one.
const journal = await open(process.argv[2] ?? '', 'a', 0o600);
let waiting: { to: string; text: string; acknowledge: () => void }[] = [];
let writing = false;

async function write(): Promise<void> {
  writing = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    await journal.write(batch.map(({ to, text }) => `${JSON.stringify({ to, text })}\n`).join(''));
    await journal.datasync();
    for (const { to, text, acknowledge } of batch) {
      server.to(to).emit('message', text);
      acknowledge();
    }
  }
  writing = false;
}

const http = createServer();
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
server.on('connection', (socket) => {
  void socket.join(String(socket.handshake.query.place));
  socket.on('message', (to: string, text: string, acknowledge: () => void) => {
    waiting.push({ to, text, acknowledge });
    if (!writing) void write();
  });
});
http.listen(0, '127.0.0.1', () => {
  serve({ url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket` });
});
