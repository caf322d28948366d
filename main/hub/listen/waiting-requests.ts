import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Node reads whatever is pipelined on a socket and keeps it until its turn to be answered: without a bound one socket
 * brings thousands at once.
 */
export class WaitingRequests {
  private readonly bySocket = new WeakMap<Duplex, number>();

  constructor(private readonly max: number) {}

  /** Until its answer is written. False: too many of this socket. */
  add(socket: Duplex, response: ServerResponse): boolean {
    const count = (this.bySocket.get(socket) ?? 0) + 1;
    this.bySocket.set(socket, count);
    response.once('close', () => this.bySocket.set(socket, (this.bySocket.get(socket) ?? 0) - 1));
    return count <= this.max;
  }
}

/**
 * What is left of this socket's requests is not looked at. Node has no word for it: until the end of a packet, with a
 * thousand requests in it, it makes objects of them all and an error for each, be the socket destroyed or not.
 */
export function readNoFurther(socket: Duplex): void {
  const { parser } = socket as { parser?: { onIncoming: () => number } | null };
  if (parser) parser.onIncoming = () => 0;
}
