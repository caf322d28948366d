import type { Transport } from './transport';

/** The part of a browser's, Node's or `ws`'s WebSocket that is needed; handed in, so that this file needs no DOM. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

const openState = 1;

export function createWebSocketTransport(connect: (url: string) => SocketLike): Transport {
  return {
    open(url, listener) {
      let closed = false;
      const end = (code: number) => {
        if (closed) return;
        closed = true;
        listener.closed(code);
      };
      let socket: SocketLike;
      try {
        socket = connect(url);
      } catch {
        // A malformed address. Reported later: the listener must not be called before `open` returns.
        Promise.resolve().then(
          () => end(1006),
          () => {},
        );
        return { send: () => {}, close: () => {} };
      }
      socket.onopen = () => listener.opened();
      // Its close follows. In `ws` an error that nobody hears would end the process.
      socket.onerror = () => {};
      socket.onmessage = (event: { data: unknown }) => {
        if (!closed && typeof event.data === 'string') listener.frame(event.data);
      };
      socket.onclose = (event: { code: number }) => end(event.code);
      return {
        send(frame) {
          if (socket.readyState === openState) socket.send(frame);
        },
        close() {
          socket.close();
        },
      };
    },
  };
}
