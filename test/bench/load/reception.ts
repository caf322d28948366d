import { type Frame, framesOf, HubClient, type HubReady, openTeam } from './hub-client';

const agentCount = 10;
const capacity = 5;
/** More customers than capacity, so that there is always a queue. */
const customerCount = 80;
const stuckAfterMs = 15_000;

interface Offer {
  /** The event's number, which gives the order of the hub's decisions. */
  seq: number;
  enqueuedAt: number;
}

/** An office whose agents accept and close every offer at once, and whose customers then come back. */
export class Reception {
  private readonly clients: HubClient[] = [];
  private readonly offers = new Map<string, Offer>();
  private readonly owners = new Map<string, string>();
  private toOpen = 0;
  private underWay = 0;
  private done: () => void = () => undefined;
  private readonly customers: (() => void)[] = [];

  static async open(ready: HubReady): Promise<Reception> {
    const reception = new Reception();
    const { agents } = await openTeam(ready, { agents: agentCount, groups: 1, capacity, settings: {} });
    for (const { client } of agents) reception.employ(client);
    const { groupId } = agents[0]!;
    for (let index = 0; index < customerCount; index += 1)
      reception.admit(await HubClient.customer(ready.customer, `tab-${index}`), groupId);
    return reception;
  }

  /** Resolves with the seconds it took. */
  async assign(conversations: number): Promise<number> {
    this.offers.clear();
    this.owners.clear();
    this.toOpen = conversations;
    const startedAtMs = performance.now();
    await new Promise<void>((resolve, reject) => {
      let before = -1;
      const watch = setInterval(() => {
        if (this.owners.size === before) reject(new Error(`${this.underWay} conversations are stuck`));
        before = this.owners.size;
      }, stuckAfterMs);
      this.done = () => {
        clearInterval(watch);
        resolve();
      };
      for (const open of this.customers) open();
    });
    const seconds = (performance.now() - startedAtMs) / 1_000;
    this.check(conversations);
    return seconds;
  }

  end(): void {
    for (const { wire } of this.clients) wire.close();
  }

  private employ(agent: HubClient) {
    this.clients.push(agent);
    const own = `"agentId":"${agent.personId}"`;
    agent.wire.heard = (message) => {
      for (const text of framesOf(message)) {
        refuse(text);
        // Events are broadcast to the whole group; parse only one's own.
        if (text.includes('"name":"conversation.changed"') && text.includes(own)) this.toAgent(agent, JSON.parse(text));
      }
    };
  }

  private toAgent(agent: HubClient, { seq, conversation }: Frame) {
    const { conversationId, stage, offerId, enqueuedAt } = conversation;
    if (stage === 'offered') {
      if (this.offers.has(conversationId)) throw new Error(`${conversationId} was offered twice`);
      this.offers.set(conversationId, { seq, enqueuedAt });
      agent.post(`accept-${conversationId}`, { op: 'offer.accept', offerId });
    } else if (stage === 'active') {
      if (this.owners.has(conversationId)) throw new Error(`${conversationId} was given to two`);
      this.owners.set(conversationId, agent.personId);
      agent.post(`close-${conversationId}`, { op: 'conversation.close', conversationId });
    }
  }

  private admit(customer: HubClient, groupId: string) {
    this.clients.push(customer);
    let opened = 0;
    const open = () => {
      if (this.toOpen === 0) return;
      this.toOpen -= 1;
      this.underWay += 1;
      opened += 1;
      customer.post(`open-${opened}`, { op: 'conversation.open', name: 'Customer', groupId });
    };
    this.customers.push(open);
    customer.wire.heard = (message) => {
      for (const text of framesOf(message)) {
        refuse(text);
        if (!text.includes('"stage":"closed"')) continue;
        this.underWay -= 1;
        open();
        if (this.underWay === 0) this.done();
      }
    };
  }

  private check(conversations: number) {
    const { offers, owners } = this;
    if (offers.size !== conversations || owners.size !== conversations)
      throw new Error(`of ${conversations} conversations ${offers.size} were offered and ${owners.size} given`);
    const inOrder = [...offers.values()].sort((a, b) => a.seq - b.seq);
    for (const [index, { enqueuedAt }] of inOrder.entries())
      if (enqueuedAt < (inOrder[index - 1]?.enqueuedAt ?? 0)) throw new Error('somebody was passed over in the queue');
  }
}

function refuse(text: string) {
  if (text.startsWith('{"type":"refused"')) throw new Error(`the hub refused a command: ${text}`);
}
