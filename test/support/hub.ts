import * as z from 'zod';
import { defaultLimits, type HubLimits, type ListenerRole } from '../../main/hub/limits';
import { acceptConnection, type Receiver } from '../../main/hub/listen/connection';
import { Faults } from '../../main/hub/loop/faults';
import type { HubPorts } from '../../main/hub/ports';
import type { Line } from '../../main/hub/session/session';
import { type Hub, startHub } from '../../main/hub/start-hub';
import { MemoryDisk, MemoryStore } from '../../main/hub/store/memory-store';
import type { Store } from '../../main/hub/store/store';
import { isLoopback } from '../../main/hub/system/addresses';
import type { Post } from '../../main/hub/webhooks/post';
import { afterMessage } from '../../shared/protocol/after-message';
import { agentResults } from '../../shared/protocol/agent-results';
import { type ToAgent, toAgent } from '../../shared/protocol/agent-wire';
import { toAssistant } from '../../shared/protocol/assistant-wire';
import type { CloseName } from '../../shared/protocol/close-codes';
import { customerResults } from '../../shared/protocol/customer-results';
import { type ToCustomer, toCustomer } from '../../shared/protocol/customer-wire';
import { protocolVersion } from '../../shared/protocol/fields';
import type { AgentView, ConversationView, MessageView } from '../../shared/protocol/views';
import { type Command, invariantViolations } from '../../shared/routing/index';
import { createHandClock, type HandClock } from './hand-clock';

type Frame = ToAgent | ToCustomer;
// biome-ignore lint/suspicious/noExplicitAny: tests look freely into frames that the schemas have checked
type Any = any;

const testStartMs = 1_800_000_000_000;
export const passphrase = 'correct horse battery';

/** Seeded bytes, so that every run has the same ids, tokens and codes. */
export function seededBytes(seed = 1): (size: number) => Uint8Array {
  let state = seed >>> 0;
  return (size) =>
    Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}

export interface LogEntry {
  level: string;
  event: string;
  detail: Any;
}

export interface HubFixture {
  disk?: MemoryDisk;
  /** Used instead of a memory store; must make records durable at once. */
  store?: Store;
  clock?: HandClock;
  limits?: Partial<HubLimits>;
  /** `hand`: nothing becomes durable until `flush` is called. */
  flush?: 'auto' | 'hand';
  seed?: number;
  /** How webhooks are posted; absent: over HTTP, in the time of `clock`. */
  post?: Post;
}

/** A hub over an in-memory wire, with a clock moved by hand. */
export class TestHub {
  private constructor(
    public hub: Hub,
    private readonly ports: HubPorts,
    readonly store: MemoryStore,
    readonly clock: HandClock,
    readonly log: LogEntry[],
    readonly limits: HubLimits,
    public flushing: 'auto' | 'hand',
    private readonly post: Post | undefined,
    private readonly seed: number,
  ) {
    this.faults = new Faults(clock);
  }

  static async start(fixture: HubFixture = {}): Promise<TestHub> {
    const clock = fixture.clock ?? createHandClock(testStartMs);
    const log: LogEntry[] = [];
    const entry =
      (level: string) =>
      (event: string, detail: Any = {}) =>
        void log.push({ level, event, detail });
    const store = new MemoryStore('hub-test', 'hand', fixture.disk ?? new MemoryDisk());
    const limits = { ...defaultLimits, scryptCost: 16, ...fixture.limits };
    const setup = { officeName: 'Test office', supervisorName: 'Sam', passphrase };
    const { post, seed = 1 } = fixture;
    const ports = {
      clock,
      randomBytes: seededBytes(seed),
      log: { info: entry('info'), warn: entry('warn'), error: entry('error') },
    };
    const posts = post && (() => post);
    const hub = await startHub(fixture.store ?? store, { setup, sample: false }, ports, limits, new Set(), null, posts);
    store.flush();
    return new TestHub(hub, ports, store, clock, log, limits, fixture.flush ?? 'auto', post, seed);
  }

  private readonly faults: Faults;

  /** Replaces a hub that had an error by a new one, as the running process does. */
  async revive(): Promise<void> {
    this.faults.note(await this.hub.failure);
    await this.store.recovered();
    this.hub = await startHub(
      this.store,
      { setup: null, sample: false },
      this.ports,
      this.limits,
      this.faults.commands,
    );
    this.store.flush();
  }

  /** Kills the process and starts another one on the same disk, whose ids are all new. */
  async restart(downMs = 1_000): Promise<TestHub> {
    this.hub.stop();
    this.clock.advance(downMs);
    const { clock, limits, post, seed } = this;
    return TestHub.start({ disk: this.store.disk, clock, limits, seed: seed + 1, ...(post ? { post } : {}) });
  }

  connect<T extends ListenerRole>(role: T, address = '127.0.0.1'): TestClient {
    return new TestClient(this, role, address);
  }

  async supervisor(deviceId = 'device-sam'): Promise<TestClient> {
    return this.agentWith({ kind: 'passphrase', passphrase }, deviceId);
  }

  /** Creates the agent and signs them in by a one-time code, as a person would. */
  async agent(name: string, options: Partial<{ capacity: number; groups: Any[]; role: string }> = {}) {
    const boss = await this.supervisor('device-boss');
    const groups = options.groups ?? [{ groupId: this.groupId, priority: 1 }];
    const made = boss.command({
      op: 'agent.put',
      name,
      role: options.role ?? 'agent',
      capacity: options.capacity ?? 5,
      groups,
    });
    const agentId = made.result.agentId as string;
    const { code } = boss.command({ op: 'agent.code', agentId }).result;
    boss.leave();
    return this.agentWith({ kind: 'code', code }, `device-${name}`);
  }

  async online(name: string, options: Parameters<TestHub['agent']>[1] = {}) {
    const agent = await this.agent(name, options);
    agent.command({ op: 'status.set', status: 'online' });
    return agent;
  }

  async agentWith(auth: Any, deviceId: string, address?: string): Promise<TestClient> {
    const client = this.connect('agent', address);
    await client.hello({ role: 'agent', auth, deviceId, deviceLabel: 'test' });
    return client;
  }

  /** Makes the assistant of the first group, or of these, and signs it in. */
  async assistant(name = 'Fern', groupIds: string[] = [this.groupId]) {
    const boss = await this.supervisor('device-boss');
    const { assistantId } = boss.command({ op: 'assistant.put', name, groupIds }).result;
    const { token } = boss.command({ op: 'assistant.token', assistantId }).result;
    boss.leave();
    return { client: await this.assistantWith(token), assistantId: assistantId as string, token: token as string };
  }

  async assistantWith(token: string, deviceId = 'bot', hello: Any = {}): Promise<TestClient> {
    const client = this.connect('agent');
    await client.hello({ role: 'assistant', token, deviceId, ...hello });
    return client;
  }

  async customer(name: string, open: Any = {}, hello: Any = {}, address?: string): Promise<TestClient> {
    const client = this.connect('customer', address);
    await client.hello({ role: 'customer', token: null, language: 'en', deviceId: `tab-${name}`, ...hello });
    if (open !== null) client.command({ op: 'conversation.open', name, ...open });
    return client;
  }

  /** Closes the group for good, or opens it for good, as the supervisor would. */
  async opening(groupId: string, open: boolean) {
    const boss = await this.supervisor('device-boss');
    const name = this.hub.state.config.groups.get(groupId)?.name;
    const hours = open ? null : { timeZone: 'UTC', weekly: [], holidays: [] };
    boss.command({ op: 'group.put', groupId, name, hours });
    boss.leave();
  }

  /** Changes settings as the supervisor would. */
  async settings(settings: Any) {
    const boss = await this.supervisor('device-boss');
    const answer = boss.command({ op: 'settings.update', settings });
    boss.leave();
    return answer;
  }

  /** The first group of the set-up. */
  get groupId(): string {
    return this.hub.state.config.groups.keys().next().value!;
  }

  agentId(name: string): string {
    for (const account of this.hub.state.config.accounts.values()) if (account.name === name) return account.agentId;
    throw new Error(`no agent ${name}`);
  }

  advance(ms: number) {
    this.clock.advance(ms);
    if (this.flushing === 'auto') this.store.flush();
  }

  flush() {
    this.store.flush();
  }

  /** Calls the core without the wire, for commands that no client can send. */
  route(command: Omit<Command, 'at'> & Any) {
    this.hub.step((step) => void step.route(command as never));
    if (this.flushing === 'auto') this.store.flush();
  }

  violations(): string[] {
    return invariantViolations(this.hub.state.routing);
  }
}

/** A client of the wire. Checks every frame against the schemas, and the chain of `prev`, constant until `caughtUp`. */
export class TestClient {
  readonly frames: Any[] = [];
  closed: CloseName | null = null;
  buffered = 0;
  welcome: Any = {};
  device = '';
  private speaks: 'agent' | 'assistant' | 'customer' = 'agent';
  private token: string | null = null;
  private n = 0;
  private readonly ops = new Map<string, string>();
  private since = 0;
  private lastSeq = -1;
  private catchingUp = true;
  private readonly receiver: Receiver;
  private readonly line: Line;

  constructor(
    private readonly test: TestHub,
    readonly role: ListenerRole,
    address: string,
  ) {
    const client = this;
    this.line = {
      address,
      proto: 1,
      // Only this machine connects without TLS.
      ...(isLoopback(address) ? {} : { binding: Buffer.alloc(32) }),
      get bufferedBytes() {
        return client.buffered;
      },
      send: (text) => this.received(text),
      cork: () => undefined,
      uncork: () => undefined,
      close: (name) => {
        this.closed ??= name;
        this.receiver?.closed();
      },
    };
    this.receiver = acceptConnection(test.hub, role, this.line);
  }

  raw(text: string) {
    this.receiver.frame(text);
    if (this.test.flushing === 'auto') this.test.store.flush();
  }

  send(frame: Any) {
    if (frame.type === 'command') this.ops.set(frame.cid, frame.op);
    this.raw(JSON.stringify(frame));
  }

  async hello(fields: Any) {
    this.speaks = fields.role;
    this.device = fields.deviceId;
    this.since = fields.since?.seq ?? 0;
    this.send({ type: 'hello', proto: protocolVersion, since: null, lastN: 0, ...fields });
    for (let turn = 0; turn < 1_000_000 && this.frames.length === 0 && this.closed === null; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.test.flushing === 'auto') this.test.store.flush();
      else break;
    }
    this.welcome = this.frames.find((frame) => frame.type === 'welcome') ?? {};
    this.n = this.welcome.lastN ?? 0;
  }

  /** Sends a command with the next `n` and returns its answer. */
  command(body: Any): Any {
    const { cid } = this.post(body);
    return this.answer(cid);
  }

  /** The same for a command whose answer takes several turns of the event loop. */
  async asked(body: Any): Promise<Any> {
    const { cid } = this.post(body);
    for (let turn = 0; turn < 1_000 && this.answer(cid).type === 'none'; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.test.flushing === 'auto') this.test.store.flush();
    }
    return this.answer(cid);
  }

  /** Reconnects on a new line, as the same client. */
  async back(since: Any = null): Promise<TestClient> {
    const client = this.test.connect(this.role);
    const token = this.welcome.token ?? this.token;
    const self =
      this.role === 'agent'
        ? { role: 'agent', auth: { kind: 'token', token }, deviceLabel: 'test' }
        : { role: 'customer', token, language: 'en' };
    client.token = token;
    await client.hello({ ...self, deviceId: this.device, since });
    return client;
  }

  /** Sends the same command again, on this line. */
  repeat(command: { cid: string; n: number; op: string }): Any {
    this.n = Math.max(this.n, command.n);
    this.send({ type: 'command', ...command });
    return this.answer(command.cid);
  }

  /** Sends a command without waiting until it is durable. */
  post(body: Any): { cid: string; n: number } {
    this.n += 1;
    const cid = `${this.role}-${this.n}`;
    this.send({ type: 'command', cid, n: this.n, ...body });
    return { cid, n: this.n };
  }

  answer(cid: string): Any {
    const found = this.frames.filter((frame) => frame.cid === cid).at(-1);
    if (found?.type === 'event') return { type: 'ack', cid, seq: found.seq };
    return found ?? { type: 'none' };
  }

  leave() {
    this.receiver.closed();
    if (this.test.flushing === 'auto') this.test.store.flush();
  }

  events(name?: string): Any[] {
    return this.frames.filter((frame) => frame.type === 'event' && (name === undefined || frame.name === name));
  }

  clear() {
    this.frames.length = 0;
  }

  /** The latest view of each conversation that has not been removed. */
  get conversations(): ConversationView[] {
    const seen = new Map<string, ConversationView>();
    for (const event of this.events()) {
      if (event.name === 'conversation.changed') seen.set(event.conversation.conversationId, event.conversation);
      const spoken = event.name === 'message.added' ? seen.get(event.message.conversationId) : undefined;
      if (spoken) seen.set(spoken.conversationId, afterMessage(spoken, event.message));
      if (event.name === 'conversation.removed') seen.delete(event.conversationId);
    }
    return [...seen.values()];
  }

  /** The only conversation this client sees. */
  get conversation(): Any {
    return this.role === 'customer' ? this.events('conversation.changed').at(-1)?.conversation : this.conversations[0];
  }

  get messages(): MessageView[] {
    const all = new Map<string, MessageView>();
    for (const event of this.events()) {
      const list = event.name === 'message.added' ? [event.message] : (event.messages ?? []);
      for (const message of list) all.set(message.messageId, message);
    }
    return [...all.values()];
  }

  get said(): string[] {
    return this.messages.map((message) => (message.line ? `(${message.line.code})` : message.text));
  }

  get notices(): string[] {
    return this.events('notice').map((event) => event.code);
  }

  agentView(agentId: string): AgentView {
    return this.events('agent.changed')
      .filter((event) => event.agent.agentId === agentId)
      .at(-1)!.agent;
  }

  private acknowledged({ cid, result, dup }: Any) {
    const op = this.ops.get(cid) ?? '';
    const results: Any = { agent: agentResults, customer: customerResults, assistant: {} }[this.speaks];
    const parsed = (results[op] ?? z.undefined()).safeParse(result);
    // The answer to a repeat has no secret.
    if (!parsed.success && !(dup && result === undefined))
      throw new Error(`no result of ${op}: ${JSON.stringify(result)} ${parsed.error.message}`);
  }

  private received(text: string) {
    const frame = JSON.parse(text) as Frame & Any;
    const schemas = { agent: toAgent, customer: toCustomer, assistant: toAssistant };
    const parsed = schemas[this.speaks].safeParse(frame);
    if (!parsed.success) throw new Error(`the hub sent a frame its schema refuses: ${text} ${parsed.error.message}`);
    if (frame.type === 'ack') this.acknowledged(frame);
    if (frame.type === 'welcome') this.lastSeq = frame.mode === 'resume' ? this.since : 0;
    if (frame.type === 'caughtUp') [this.catchingUp, this.lastSeq] = [false, frame.seq];
    if (frame.type === 'event') {
      if (frame.prev !== this.lastSeq) throw new Error(`prev ${frame.prev} after ${this.lastSeq}: ${text}`);
      if (this.catchingUp && frame.seq !== this.lastSeq) throw new Error(`${frame.seq} before caughtUp: ${text}`);
      this.lastSeq = frame.seq;
    }
    this.frames.push(frame);
  }
}
