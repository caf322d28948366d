import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { serve } from './serve';

// A straightforward Socket.IO server: a room for each side, in memory, no checks.
const http = createServer();
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
server.on('connection', (socket) => {
  void socket.join(String(socket.handshake.query.place));
  socket.on('message', (to: string, text: string, acknowledge: () => void) => {
    server.to(to).emit('message', text);
    acknowledge();
  });
});
http.listen(0, '127.0.0.1', () => {
  serve({ url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket` });
});
