import { WebSocket } from 'ws';
import type { Clock } from '../../shared/client/clock';
import { type Connection, createConnection } from '../../shared/client/connection';
import type { LinkState } from '../../shared/client/link-state';
import type { Transport } from '../../shared/client/transport';
import { createWebSocketTransport } from '../../shared/client/web-socket-transport';
import type { AgentWire, CustomerWire } from '../../shared/client/wire';
import { protocolVersion } from '../../shared/protocol/fields';
import type { MessagePage } from '../../shared/protocol/message-page';
import type { CustomerMessageView } from '../../shared/protocol/views';

/** The ports of every writer. */
export interface WriterPorts {
  clock: Clock;
  random(): number;
  /** The hub's present address; the ports change with every start. */
  address(role: 'agent' | 'customer'): string;
  /** Called whenever a line is up, and for each command that is acknowledged. */
  told(): void;
}

export function hubTransport({ address }: WriterPorts, role: 'agent' | 'customer'): Transport {
  return createWebSocketTransport(() => {
    const socket = new WebSocket(address(role), { perMessageDeflate: false });
    // The error is also reported as the line's end.
    socket.on('error', () => undefined);
    return socket;
  });
}

/** Below the hub's burst of 30 frames for a customer's line. */
const sentPerLineMax = 25;

/** The pages' client over real sockets; its outbox survives a lost line as a page's does. */
abstract class Writer {
  /** Texts that the hub has acknowledged, in order. */
  readonly acked: string[] = [];
  abstract readonly connection: Connection<AgentWire> | Connection<CustomerWire>;
  private textCount = 0;
  private sentOnLine = 0;
  private paused = false;
  private kept: string | null = null;

  constructor(
    readonly name: string,
    protected readonly ports: WriterPorts,
  ) {}

  get link(): LinkState {
    return this.connection.link;
  }

  get isWaiting(): boolean {
    return this.connection.outbox.length > 0;
  }

  pause() {
    this.paused = true;
  }

  resume() {
    this.paused = false;
    this.goOn();
  }

  /** False if there is nothing to send now. */
  protected abstract sendNext(): boolean;

  protected options(role: 'agent' | 'customer') {
    const { clock, random } = this.ports;
    return {
      transport: hubTransport(this.ports, role),
      clock,
      random,
      storage: {
        read: () => this.kept,
        write: (text: string) => {
          this.kept = text;
        },
      },
      url: role,
      deviceId: `device-of-${this.name.replaceAll(' ', '-')}`,
      proto: protocolVersion,
    };
  }

  /** Unique over all writers and messages. */
  protected nextText(): string {
    this.textCount += 1;
    return `${this.name}, ${this.textCount}`;
  }

  protected caughtUp() {
    this.sentOnLine = 0;
    this.ports.told();
    this.goOn();
  }

  protected answered(body: object, ok: boolean) {
    if (ok && 'text' in body && typeof body.text === 'string') this.acked.push(body.text);
    if (ok) this.ports.told();
    this.goOn();
  }

  /** One command at a time. */
  protected goOn() {
    if (this.paused || this.isWaiting || this.link.state !== 'up' || this.sentOnLine >= sentPerLineMax) return;
    if (this.sendNext()) this.sentOnLine += 1;
  }
}

/** Opens a conversation and writes its next message as soon as the last is acknowledged. */
export class CustomerWriter extends Writer {
  readonly connection: Connection<CustomerWire>;
  /** The customer's own messages as their page shows them. */
  shown: string[] = [];
  private token: string | null = null;
  private opened = false;

  constructor(name: string, ports: WriterPorts) {
    super(name, ports);
    this.connection = createConnection<CustomerWire>({
      ...this.options('customer'),
      hello: () => ({ role: 'customer', token: this.token, language: 'en' }),
      on: {
        link: () => undefined,
        welcome: ({ token, mode }) => {
          this.token = token ?? this.token;
          if (mode === 'snapshot') this.shown = [];
        },
        event: (event) => {
          if (event.name === 'conversation.history') this.page(event);
          if (event.name !== 'message.added' || event.message.from.kind !== 'customer') return;
          // Replayed after a lost line: a page recognises messages by their ids.
          if (!this.shown.includes(event.message.text)) this.shown.push(event.message.text);
        },
        caughtUp: () => this.caughtUp(),
        answered: ({ body }, { ok }) => this.answered(body, ok),
      },
    });
    this.connection.start();
  }

  /** The whole conversation, page by page. */
  private page({ messages, earlier }: MessagePage<CustomerMessageView>) {
    const own = messages.flatMap(({ from, text }) => (from.kind === 'customer' ? [text] : []));
    this.shown.unshift(...own.filter((text) => !this.shown.includes(text)));
    const [first] = messages;
    if (!earlier || !first) return;
    const { answer } = this.connection.send({ op: 'conversation.earlier', before: first.messageId });
    void answer.then((page) => page.ok && this.page(page.result as unknown as MessagePage<CustomerMessageView>));
  }

  protected sendNext() {
    const text = this.nextText();
    if (this.opened) this.connection.send({ op: 'message.send', text });
    else this.connection.send({ op: 'conversation.open', name: this.name, text });
    this.opened = true;
    return true;
  }
}

interface Shown {
  stage: string;
  agentId: string | null;
  offerId: string | null;
}

/** Accepts offers and writes in its conversations, one message after the other. */
export class AgentWriter extends Writer {
  readonly connection: Connection<AgentWire>;
  private agentId = '';
  private token: string | null = null;
  private turn = 0;
  private readonly conversations = new Map<string, Shown>();
  /** Accepts an offer once: if it is over, the hub tells the client anyway. */
  private readonly accepted = new Set<string>();

  constructor(name: string, code: string, ports: WriterPorts) {
    super(name, ports);
    this.connection = createConnection<AgentWire>({
      ...this.options('agent'),
      hello: () => ({
        role: 'agent',
        auth: this.token === null ? { kind: 'code', code } : { kind: 'token', token: this.token },
        deviceLabel: name,
      }),
      on: {
        link: () => undefined,
        welcome: ({ agentId, token, mode }) => {
          this.agentId = agentId;
          this.token = token ?? this.token;
          if (mode === 'snapshot') this.conversations.clear();
        },
        event: (event) => {
          if (event.name === 'conversation.removed') this.conversations.delete(event.conversationId);
          if (event.name !== 'conversation.changed') return;
          const { conversationId, stage, agentId, offerId } = event.conversation;
          this.conversations.set(conversationId, { stage, agentId, offerId });
          this.goOn();
        },
        caughtUp: () => {
          this.connection.send({ op: 'status.set', status: 'online' });
          this.caughtUp();
        },
        answered: ({ body }, { ok }) => this.answered(body, ok),
      },
    });
    this.connection.start();
  }

  protected sendNext() {
    const own = [...this.conversations].filter(([, { agentId }]) => agentId === this.agentId);
    const ringing = own.find(([, { stage, offerId }]) => stage === 'offered' && !this.accepted.has(offerId ?? ''));
    const offerId = ringing?.[1].offerId;
    if (offerId) {
      this.accepted.add(offerId);
      this.connection.send({ op: 'offer.accept', offerId });
      return true;
    }
    const active = own.filter(([, { stage }]) => stage === 'active');
    this.turn += 1;
    const next = active[this.turn % active.length];
    if (!next) return false;
    this.connection.send({ op: 'message.send', conversationId: next[0], text: this.nextText() });
    return true;
  }
}
