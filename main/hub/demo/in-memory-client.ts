import type { AgentCommand, AgentHello, ToAgent } from '../../../shared/protocol/agent-wire';
import type { CustomerCommand, CustomerHello, ToCustomer } from '../../../shared/protocol/customer-wire';
import { protocolVersion } from '../../../shared/protocol/fields';
import type { ListenerRole } from '../limits';
import { acceptConnection, type Receiver } from '../listen/connection';
import type { Hub } from '../start-hub';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Body = Without<AgentCommand | CustomerCommand, 'type' | 'cid' | 'n'>;
type Hello = Without<AgentHello | CustomerHello, 'type' | 'proto' | 'since' | 'lastN'>;

/** A client of the wire inside the hub's own process: the same frames, the same rights, no socket. */
export class InMemoryClient {
  private readonly receiver: Receiver;
  private n = 0;
  private open = true;

  constructor(
    private readonly hub: Hub,
    role: ListenerRole,
    hello: Hello,
    private readonly onFrame: (frame: ToAgent | ToCustomer) => void,
  ) {
    this.receiver = acceptConnection(hub, role, {
      // An address for each, so that they do not share one budget.
      address: `sample-${hello.deviceId}`,
      proto: 1,
      bufferedBytes: 0,
      send: (text) => this.received(text),
      cork: () => undefined,
      uncork: () => undefined,
      close: () => {
        this.open = false;
        this.receiver.closed();
      },
    });
    this.receiver.frame(JSON.stringify({ type: 'hello', proto: protocolVersion, since: null, lastN: 0, ...hello }));
  }

  command(body: Body): void {
    if (!this.open) return;
    this.n += 1;
    this.receiver.frame(JSON.stringify({ type: 'command', cid: `sample-${this.n}`, n: this.n, ...body }));
  }

  leave(): void {
    if (!this.open) return;
    this.open = false;
    this.receiver.closed();
  }

  private received(text: string) {
    const frame = JSON.parse(text) as ToAgent | ToCustomer;
    if (frame.type === 'welcome') this.n = frame.lastN;
    // Deferred, as over a socket: an answer must not enter the hub in the middle of a step.
    queueMicrotask(() =>
      this.hub.guard.run(() => {
        if (this.open) this.onFrame(frame);
      }),
    );
  }
}
