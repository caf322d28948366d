import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Post } from '../../main/hub/webhooks/post';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look freely into it
  event: any;
}

/** A real HTTP server on loopback. `answer` decides what each request gets; absent: 204. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  answer: (received: Received, response: ServerResponse) => void = (_received, response) => reply(response, 204);

  private constructor(private readonly server: Server) {}

  static async open(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const body = Buffer.concat(pieces).toString('utf8');
        const received = { headers: request.headers, body, event: JSON.parse(body) };
        receiver.received.push(received);
        receiver.answer(received, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** What those say that were answered well, by type. */
  get types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

export function reply(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end();
}

/** In place of the network: each request is answered at once. */
export function answering(status: number): Post {
  return () => ({ posted: Promise.resolve({ status, problem: null }), cancel: () => undefined });
}
