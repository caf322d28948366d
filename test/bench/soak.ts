import { type Frame, HubClient, type HubReady, openTeam } from './load/hub-client';
import { ServerProcess } from './load/server-process';
import { medianOf, percentileOf, tableOf } from './measure';

/** What an hour of an office's work is like; `speed` times as much of it comes in the same time. */
export interface SoakSizes {
  desks: number;
  customers: number;
  /** Hours of the office's time, which the hub's clock shows. */
  hours: number;
  speed: number;
}

const hourMs = 60 * 60_000;
/** In the office's time: between what one customer says, and until they are answered. */
const saysEveryMs = 40_000;
const answersAfterMs = 20_000;
/** What a customer says before the conversation ends, and how long they stay away then. */
const messagesEach = 6;
const awayMs = 60_000;
const looks = 20;
const deskGroupSize = 10;
/** Anything later than this is lost. */
const lostAfterMs = 30_000;

interface Look {
  atMs: number;
  residentMib: number;
  openFiles: number;
  p50Ms: number;
  p99Ms: number;
}

/** Runs an office against a hub of its own, and says how memory, open files and waiting times went. Throws when something is lost. */
export async function soak(sizes: SoakSizes, folder: string): Promise<string> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', [folder, String(sizes.speed)]);
  const office = new SoakOffice(server.ready, sizes);
  await office.open();
  const lookEveryMs = (sizes.hours * hourMs) / sizes.speed / looks;
  const seen: Look[] = [];
  const startedAtMs = performance.now();
  office.start();
  for (let look = 0; look < looks; look += 1) {
    await later(lookEveryMs);
    const takenMs = office.takeLatencies();
    const [residentBytes, openFiles] = [await server.ask('residentBytes'), await server.ask('openFiles')];
    const waits = takenMs.length === 0 ? [0] : takenMs;
    seen.push({
      atMs: performance.now() - startedAtMs,
      residentMib: residentBytes / 1024 ** 2,
      openFiles,
      p50Ms: percentileOf(waits, 50),
      p99Ms: percentileOf(waits, 99),
    });
    process.stderr.write(`${Math.round((100 * (look + 1)) / looks)} %: ${office.said} messages\n`);
  }
  await office.finish();
  await server.stop();
  return report(sizes, office, seen);
}

function report({ desks, customers, hours, speed }: SoakSizes, office: SoakOffice, seen: Look[]): string {
  // The first quarter warms up.
  const settled = seen.slice(Math.floor(seen.length / 4));
  const row = (name: string, of: (look: Look) => number, unit: string): string[] => {
    const values = settled.map(of);
    const perHour = slopeOf(
      settled.map(({ atMs }) => atMs / (hourMs / speed)),
      values,
    );
    const range = [values[0]!, medianOf(values), values.at(-1)!].map((value) => value.toFixed(1));
    return [name, ...range, `${perHour >= 0 ? '+' : ''}${perHour.toFixed(1)} ${unit}`];
  };
  const table = tableOf([
    ['', 'at first', 'median', 'at last', 'each hour of the office'],
    row('memory, MiB', ({ residentMib }) => residentMib, 'MiB'),
    row('open files', ({ openFiles }) => openFiles, ''),
    row('latency p50, ms', ({ p50Ms }) => p50Ms, 'ms'),
    row('latency p99, ms', ({ p99Ms }) => p99Ms, 'ms'),
  ]);
  const { said, conversations } = office;
  return (
    `${desks} desks, ${customers} customers, ${hours} h at ${speed} times the speed: ` +
    `${conversations} conversations, ${said} messages, each acknowledged and delivered once and in order.\n\n${table}`
  );
}

/** Least squares. */
function slopeOf(at: number[], values: number[]): number {
  const mean = (of: number[]) => of.reduce((sum, each) => sum + each, 0) / of.length;
  const [atMean, valueMean] = [mean(at), mean(values)];
  const spread = at.reduce((sum, each) => sum + (each - atMean) ** 2, 0);
  return at.reduce((sum, each, index) => sum + (each - atMean) * (values[index]! - valueMean), 0) / (spread || 1);
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Talk {
  conversationId: string;
  agent: HubClient;
  /** Numbers of what each side has said and got. */
  asked: number;
  heard: number;
  answered: number;
  read: number;
}

interface Customer {
  client: HubClient;
  groupId: string;
  talk: Talk | null;
}

/** The clients of the soak. What is said is a number, its customer's and the time it was sent. */
class SoakOffice {
  said = 0;
  conversations = 0;
  private latenciesMs: number[] = [];
  private readonly customers: Customer[] = [];
  private readonly byCustomer = new Map<string, Customer>();
  private readonly byConversation = new Map<string, Customer>();
  private readonly agents = new Map<string, HubClient>();
  /** Commands without an answer yet. */
  private readonly unanswered = new Map<string, number>();
  private commands = 0;
  private over = false;

  constructor(
    private readonly ready: HubReady,
    private readonly sizes: SoakSizes,
  ) {}

  async open(): Promise<void> {
    const { desks, customers } = this.sizes;
    const groups = Math.max(1, Math.round(desks / deskGroupSize));
    const settings = { reception: { automatic: true } };
    const capacity = Math.ceil(customers / desks) + 5;
    const { agents } = await openTeam(this.ready, { agents: desks, groups, capacity, settings });
    for (const { client } of agents) {
      this.agents.set(client.personId, client);
      client.wire.heard = (text) => this.each(text, (frame) => this.toAgent(client, frame));
    }
    for (let index = 0; index < customers; index += 1) {
      const client = await HubClient.customer(this.ready.customer, `tab-${index}`);
      const customer: Customer = { client, groupId: agents[index % agents.length]!.groupId, talk: null };
      client.wire.heard = (text) => this.each(text, (frame) => this.toCustomer(customer, frame));
      this.customers.push(customer);
      this.byCustomer.set(client.personId, customer);
    }
  }

  /** Customers begin one after the other within the time of one round. */
  start(): void {
    for (const [index, customer] of this.customers.entries())
      this.in((saysEveryMs * index) / this.customers.length, () => this.arrive(customer));
  }

  takeLatencies(): number[] {
    const taken = this.latenciesMs;
    this.latenciesMs = [];
    return taken;
  }

  /** Nothing more is said; everything that was has to arrive. */
  async finish(): Promise<void> {
    this.over = true;
    for (let waitedMs = 0; waitedMs < lostAfterMs && this.missing() > 0; waitedMs += 100) await later(100);
    if (this.missing() > 0) throw new Error(`${this.missing()} messages or answers were lost`);
    for (const { wire } of [...this.customers.map(({ client }) => client), ...this.agents.values()]) wire.close();
  }

  private missing(): number {
    let missing = this.unanswered.size;
    for (const { talk } of this.customers) if (talk) missing += talk.asked - talk.heard + talk.answered - talk.read;
    return missing;
  }

  private in(officeMs: number, run: () => void) {
    setTimeout(() => {
      if (!this.over) run();
    }, officeMs / this.sizes.speed);
  }

  private post(client: HubClient, body: object) {
    this.commands += 1;
    const cid = `soak-${this.commands}`;
    this.unanswered.set(cid, performance.now());
    client.post(cid, body);
  }

  private arrive(customer: Customer) {
    this.conversations += 1;
    this.post(customer.client, { op: 'conversation.open', name: 'Customer', groupId: customer.groupId });
  }

  private ask(customer: Customer) {
    const { talk, client } = customer;
    if (!talk) return;
    talk.asked += 1;
    this.said += 1;
    this.post(client, { op: 'message.send', text: said(talk.asked) });
    if (talk.asked < messagesEach) this.in(saysEveryMs, () => this.ask(customer));
  }

  private toAgent(agent: HubClient, frame: Frame) {
    if (frame.name === 'conversation.changed') this.changed(agent, frame.conversation);
    else if (frame.name === 'message.added' && frame.message.from.kind === 'customer') this.heard(agent, frame.message);
  }

  private changed(agent: HubClient, { conversationId, customerId, stage, agentId }: Frame) {
    const customer = this.byCustomer.get(customerId);
    if (!customer || stage !== 'active' || agentId !== agent.personId) return;
    if (this.byConversation.has(conversationId)) return;
    customer.talk = { conversationId, agent, asked: 0, heard: 0, answered: 0, read: 0 };
    this.byConversation.set(conversationId, customer);
    this.post(agent, { op: 'conversation.ack', conversationId });
    this.ask(customer);
  }

  private heard(agent: HubClient, { conversationId, text }: Frame) {
    const talk = this.byConversation.get(conversationId)?.talk;
    // Colleagues are told of it, too.
    if (!talk || talk.agent !== agent || talk.conversationId !== conversationId) return;
    talk.heard = this.next(text, talk.heard);
    this.in(answersAfterMs, () => {
      talk.answered += 1;
      this.said += 1;
      this.post(agent, { op: 'message.send', conversationId, text: said(talk.answered) });
    });
  }

  private toCustomer(customer: Customer, frame: Frame) {
    const { talk } = customer;
    if (!talk || frame.name !== 'message.added' || frame.message.from.kind !== 'agent') return;
    talk.read = this.next(frame.message.text, talk.read);
    if (talk.read < messagesEach) return;
    customer.talk = null;
    this.byConversation.delete(talk.conversationId);
    this.post(talk.agent, { op: 'conversation.close', conversationId: talk.conversationId });
    this.in(awayMs, () => this.arrive(customer));
  }

  /** Throws when one is missing, doubled or out of order. */
  private next(text: string, last: number): number {
    const [number, sentAtMs] = text.split(' ').map(Number);
    if (number !== last + 1) throw new Error(`message ${number} came after number ${last}`);
    this.latenciesMs.push(performance.now() - sentAtMs!);
    return number;
  }

  private each(text: string, take: (frame: Frame) => void) {
    const parsed = JSON.parse(text);
    for (const frame of (Array.isArray(parsed) ? parsed : [parsed]) as Frame[]) {
      if (frame.type === 'refused') throw new Error(`the hub refused a command: ${JSON.stringify(frame)}`);
      // The echo of a message acknowledges it, too.
      if (frame.cid !== undefined) this.unanswered.delete(frame.cid);
      if (frame.type !== 'ack') take(frame);
    }
  }
}

/** As long as a sentence. */
function said(number: number): string {
  return `${number} ${performance.now()} Could you tell me when my order will arrive? It was to come last Tuesday.`;
}
