import type { protocolVersion } from '../protocol/fields';
import type { Clock } from './clock';
import { type Connection, type ConnectionListener, createConnection } from './connection';
import type { OutboxStorage } from './outbox';
import { createRuntimeClock } from './runtime-clock';
import type { Transport } from './transport';
import { createWebSocketTransport, type SocketLike } from './web-socket-transport';
import type { HelloBody, Wire } from './wire';

/** What a program says; what it leaves out is as in a program of its own on Node or in a browser. */
export interface ConnectOptions<W extends Wire> {
  /** `ws://127.0.0.1:7800/ws` for agents and assistants on the hub's own machine, or the customers' address. */
  url: string;
  /** Made once, random and kept: the hub counts this program's commands by it. 1 to 64 characters. */
  deviceId: string;
  /** Who it is. Called at every attempt, because a token may have arrived meanwhile. */
  hello(): HelloBody<W>;
  on: Partial<ConnectionListener<W>>;
  /** Where commands without an answer survive the program's end. Default: nowhere, they last as long as it does. */
  storage?: OutboxStorage;
  /** Default: the runtime's own `WebSocket`, which Node has from version 22 on. */
  openSocket?(url: string): SocketLike;
  /** For tests; default: sockets, the runtime's clock, `Math.random`. */
  transport?: Transport;
  clock?: Clock;
  /** 0 ≤ x < 1. */
  random?(): number;
}

// The file that has it needs zod, which programs would have to install.
const proto: typeof protocolVersion = 2;

/** Opens a line to a hub and keeps it open. Throws where the runtime has no WebSocket and none is handed in. */
export function connect<W extends Wire>(options: ConnectOptions<W>): Connection<W> {
  const { url, deviceId, hello, on } = options;
  const connection = createConnection<W>({
    ...{ url, deviceId, hello, proto },
    transport: options.transport ?? createWebSocketTransport(options.openSocket ?? ownSocket()),
    clock: options.clock ?? createRuntimeClock(),
    random: options.random ?? Math.random,
    storage: options.storage ?? memoryStorage(),
    on: { link: ignored, welcome: ignored, event: ignored, caughtUp: ignored, ...on },
  });
  connection.start();
  return connection;
}

function ignored(): void {}

function ownSocket(): (url: string) => SocketLike {
  const { WebSocket } = globalThis as { WebSocket?: new (url: string) => SocketLike };
  if (WebSocket) return (url) => new WebSocket(url);
  throw new Error(
    'This runtime has no WebSocket of its own. Use Node 22 or newer, or install "ws" and pass openSocket: (url) => new WebSocket(url).',
  );
}

function memoryStorage(): OutboxStorage {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}
