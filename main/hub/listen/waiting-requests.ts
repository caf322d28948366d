import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Node reads all requests pipelined on a socket and keeps each until its turn to be answered: without a bound one
 * socket could queue thousands.
 */
export class WaitingRequests {
  private readonly bySocket = new WeakMap<Duplex, number>();

  constructor(private readonly max: number) {}

  /** Counts a request until its answer is written. False: too many on this socket. */
  add(socket: Duplex, response: ServerResponse): boolean {
    const count = (this.bySocket.get(socket) ?? 0) + 1;
    this.bySocket.set(socket, count);
    response.once('close', () => this.bySocket.set(socket, (this.bySocket.get(socket) ?? 0) - 1));
    return count <= this.max;
  }
}

/**
 * Ignores the rest of this socket's requests. Node has no API for it: it parses a packet to its end, perhaps a thousand
 * requests, with objects and an error for each, even if the socket is destroyed.
 */
export function readNoFurther(socket: Duplex): void {
  const { parser } = socket as { parser?: { onIncoming: () => number } | null };
  if (parser) parser.onIncoming = () => 0;
}
