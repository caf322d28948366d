import type { Answer } from '../../../shared/client/answer';
import { type Connection, type ConnectionListener, createConnection } from '../../../shared/client/connection';
import type { OutboxEntry, OutboxStorage } from '../../../shared/client/outbox';
import type {
  AgentWire,
  AssistantWire,
  CommandBody,
  CustomerWire,
  Wire as Frames,
  HelloBody,
  ResultOf,
} from '../../../shared/client/wire';
import type { AgentAuth, AgentOp } from '../../../shared/protocol/agent-wire';
import type { ProtocolVersion } from '../../../shared/protocol/fields';
import type { SignedIdentity } from '../../../shared/protocol/identity';
import { AgentPicture, AssistantPicture, CustomerPicture } from './picture';
import type { Wire, WireEnd, WireLine } from './wire';

export type AgentBody = CommandBody<AgentWire>;
export type CustomerBody = CommandBody<CustomerWire>;
export type AssistantBody = CommandBody<AssistantWire>;
export type Entry = OutboxEntry<AgentBody> | OutboxEntry<CustomerBody> | OutboxEntry<AssistantBody>;

export interface ClientWatch {
  heard(client: Client, frame: string, line: WireLine): void;
  answered(client: Client, entry: Entry, answer: Answer): void;
}

interface World {
  wire: Wire;
  watch: ClientWatch;
}

/** A device with the real connection and outbox, over the simulated wire. Its storage outlives reloads. */
abstract class Device<W extends Frames> implements WireEnd {
  abstract readonly role: 'agent' | 'assistant' | 'customer';
  connection: Connection<W>;
  line: WireLine | null = null;
  private kept: string | null = null;

  constructor(
    readonly name: string,
    readonly deviceId: string,
    readonly proto: ProtocolVersion,
    protected readonly world: World,
  ) {
    this.connection = this.connect();
  }

  get isUp(): boolean {
    return this.connection.link.state === 'up';
  }

  get isOff(): boolean {
    return this.connection.link.state === 'idle';
  }

  /** Reloads the page, with the storage of the old one. */
  reload(): void {
    this.connection.stop();
    this.connection = this.connect();
    this.connection.start();
  }

  protected abstract hello(): HelloBody<W>;
  protected abstract welcomed(welcome: W['welcome']): void;
  protected abstract happened(event: W['event']): void;
  abstract heard(frame: string, line: WireLine): void;
  protected abstract answered(entry: OutboxEntry<CommandBody<W>>, answer: Answer): void;

  private connect(): Connection<W> {
    const { wire } = this.world;
    const storage: OutboxStorage = {
      read: () => this.kept,
      write: (text) => {
        this.kept = text;
      },
    };
    const on: ConnectionListener<W> = {
      link: () => undefined,
      welcome: (welcome) => this.welcomed(welcome),
      event: (event) => this.happened(event),
      caughtUp: () => undefined,
      answered: (entry, answer) => this.answered(entry, answer),
    };
    return createConnection<W>({
      transport: wire.transport(this, (line) => {
        this.line = line;
      }),
      clock: wire.time,
      random: () => wire.random.next(),
      storage,
      url: 'ws://hub/ws',
      deviceId: this.deviceId,
      proto: this.proto,
      hello: () => this.hello(),
      on,
    });
  }
}

export class AgentClient extends Device<AgentWire> {
  readonly role = 'agent';
  picture = new AgentPicture();
  agentId = '';
  /** The watches sent on this line that no later accepted one has replaced: the client may read these conversations. */
  readonly watches: { conversationId: string | null }[] = [];
  auth: AgentAuth;

  constructor(name: string, deviceId: string, proto: ProtocolVersion, auth: AgentAuth, world: World) {
    super(name, deviceId, proto, world);
    this.auth = auth;
  }

  send<Op extends AgentOp>(body: AgentBody & { op: Op }): Promise<Answer<ResultOf<AgentWire, Op>>> {
    return this.connection.send<Op>(body).answer;
  }

  watchConversation(conversationId: string | null): void {
    const watch = { conversationId };
    this.watches.push(watch);
    const { answer } = this.connection.send({ op: 'conversation.watch', conversationId }, { fleeting: true });
    void answer.then(({ ok }) => {
      const index = this.watches.indexOf(watch);
      if (index < 0) return;
      // A refusal changes nothing, so the previous watch is still active.
      if (ok) this.watches.splice(0, index);
      else this.watches.splice(index, 1);
    });
  }

  heard(frame: string, line: WireLine): void {
    const { type, agentId } = JSON.parse(frame);
    // What follows in the same message is judged by it.
    if (type === 'welcome') this.greeted(agentId);
    this.world.watch.heard(this, frame, line);
  }

  private greeted(agentId: string): void {
    this.agentId = agentId;
    this.watches.length = 0;
  }

  protected hello(): HelloBody<AgentWire> {
    return { role: 'agent', auth: this.auth, deviceLabel: this.name };
  }

  protected welcomed(welcome: AgentWire['welcome']): void {
    if (welcome.mode === 'snapshot') this.picture = new AgentPicture();
    if (welcome.token !== null) this.auth = { kind: 'token', token: welcome.token };
  }

  protected happened(event: AgentWire['event']): void {
    const before = event.name === 'conversation.changed' && this.serves(event.conversation.conversationId);
    this.picture.apply(event);
    if (event.name !== 'conversation.changed' || before || !this.serves(event.conversation.conversationId)) return;
    // AR2: the workstation confirms automatically, unless it hangs.
    if (this.world.wire.random.chance(0.95))
      void this.send({ op: 'conversation.ack', conversationId: event.conversation.conversationId });
  }

  private serves(conversationId: string): boolean {
    const conversation = this.picture.conversations.get(conversationId);
    return conversation?.stage === 'active' && conversation.agentId === this.agentId;
  }

  protected answered(entry: OutboxEntry<AgentBody>, answer: Answer): void {
    this.world.watch.answered(this, entry, answer);
  }
}

/** The state shared by all tabs of one browser. */
export interface Browser {
  customerName: string;
  language: 'en' | 'zh';
  token: string | null;
  /** What the office's site says now of who is signed in there. Null: nobody is. */
  identity: (() => SignedIdentity) | null;
}

export class CustomerClient extends Device<CustomerWire> {
  readonly role = 'customer';
  picture = new CustomerPicture();
  customerId = '';

  constructor(
    readonly browser: Browser,
    deviceId: string,
    proto: ProtocolVersion,
    world: World,
  ) {
    super(`${browser.customerName}'s ${deviceId}`, deviceId, proto, world);
  }

  send(body: CustomerBody): Promise<Answer> {
    return this.connection.send(body).answer;
  }

  heard(frame: string, line: WireLine): void {
    const { type, customerId } = JSON.parse(frame);
    if (type === 'welcome') this.customerId = customerId;
    this.world.watch.heard(this, frame, line);
  }

  protected hello(): HelloBody<CustomerWire> {
    const { token, language, identity } = this.browser;
    return { role: 'customer', token, language, ...(identity ? { identity: identity() } : {}) };
  }

  protected welcomed(welcome: CustomerWire['welcome']): void {
    if (welcome.mode === 'snapshot') this.picture = new CustomerPicture();
    this.picture.groups = welcome.groups;
    // As the page does: it goes on without.
    if (welcome.identity !== undefined && welcome.identity !== 'signed') this.browser.identity = null;
    if (welcome.token !== null) this.browser.token = welcome.token;
  }

  protected happened(event: CustomerWire['event']): void {
    this.picture.apply(event);
  }

  protected answered(entry: OutboxEntry<CustomerBody>, answer: Answer): void {
    this.world.watch.answered(this, entry, answer);
  }
}

/** BO1: a program, which keeps no storage but its outbox. */
export class AssistantClient extends Device<AssistantWire> {
  readonly role = 'assistant';
  picture = new AssistantPicture();
  assistantId = '';
  token: string;

  constructor(name: string, deviceId: string, proto: ProtocolVersion, token: string, world: World) {
    super(name, deviceId, proto, world);
    this.token = token;
  }

  send(body: AssistantBody): Promise<Answer> {
    return this.connection.send(body).answer;
  }

  heard(frame: string, line: WireLine): void {
    const { type, assistantId } = JSON.parse(frame);
    if (type === 'welcome') this.assistantId = assistantId;
    this.world.watch.heard(this, frame, line);
  }

  protected hello(): HelloBody<AssistantWire> {
    return { role: 'assistant', token: this.token };
  }

  protected welcomed(): void {
    this.picture = new AssistantPicture();
  }

  protected happened(event: AssistantWire['event']): void {
    this.picture.apply(event);
  }

  protected answered(entry: OutboxEntry<AssistantBody>, answer: Answer): void {
    this.world.watch.answered(this, entry, answer);
  }
}

export type Client = AgentClient | AssistantClient | CustomerClient;
