import { type Frame, framesOf, HubClient, type HubReady, openTeam } from './load/hub-client';
import { ServerProcess } from './load/server-process';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

const agentsPerGroup = 20;
const agentsPerSmallGroup = 10;
const customers = 20;

/** CPU of the hub for one conversation, opened, given, acknowledged and closed: a large office against a small one. */
export async function largeOffice(
  { rounds, largeOffice: agents, assigned }: Sizes,
  folder: string,
): Promise<BenchReport[]> {
  const small = Math.max(2, Math.round(agents / 10));
  const offices = [
    await Office.open(`${folder}/large`, agents, Math.max(1, Math.round(agents / agentsPerGroup))),
    await Office.open(`${folder}/small`, small, Math.max(1, Math.round(small / agentsPerSmallGroup))),
  ] as const;
  // One after the other, so fewer than where many are under way.
  const conversations = assigned / 10;
  for (const office of offices) await office.serve(conversations);
  const figures = offices.map(() => ({ cpuMs: [] as number[], tookMs: [] as number[] }));
  await takeTurns(rounds, offices, async (office, index) => {
    const { cpuMs, tookMs } = await office.serve(conversations);
    figures[index]!.cpuMs.push(cpuMs);
    figures[index]!.tookMs.push(tookMs);
  });
  for (const office of offices) await office.end();
  const [of500, of50] = figures as [(typeof figures)[0], (typeof figures)[0]];
  const shown = ({ cpuMs, tookMs }: typeof of500) =>
    `${medianOf(cpuMs).toFixed(2)} ms CPU a conversation, ${medianOf(tookMs).toFixed(1)} ms in all`;
  return [
    reportOf('office.500', ratioOf(of500.cpuMs, of50.cpuMs), { atMost: 2 }, [
      [offices[1].name, shown(of50)],
      [offices[0].name, shown(of500)],
    ]),
  ];
}

class Office {
  private served = 0;
  /** Resolves what waits for a conversation to be given, by customer. */
  private readonly given = new Map<string, (to: { agent: HubClient; conversationId: string }) => void>();
  private readonly closed = new Map<string, () => void>();

  private constructor(
    readonly name: string,
    private readonly server: ServerProcess<HubReady>,
    private readonly agents: { client: HubClient; groupId: string }[],
    private readonly customers: HubClient[],
  ) {
    for (const { client } of agents)
      client.wire.heard = (message) => {
        for (const text of framesOf(message)) this.toAgent(client, text);
      };
    for (const customer of customers)
      customer.wire.heard = (message) => {
        for (const text of framesOf(message)) {
          if (text.startsWith('{"type":"refused"')) throw new Error(`the hub refused a command: ${text}`);
          if (text.includes('"stage":"closed"')) this.closed.get(customer.personId)?.();
        }
      };
  }

  static async open(folder: string, agentCount: number, groups: number): Promise<Office> {
    const server = await ServerProcess.start<HubReady>('hub.mjs', [folder]);
    const settings = { reception: { automatic: true } };
    const { agents } = await openTeam(server.ready, { agents: agentCount, groups, capacity: 5, settings });
    const who: HubClient[] = [];
    for (let index = 0; index < customers; index += 1)
      who.push(await HubClient.customer(server.ready.customer, `tab-${index}`));
    return new Office(`${agentCount} agents in ${groups} groups`, server, agents, who);
  }

  async serve(count: number): Promise<{ cpuMs: number; tookMs: number }> {
    const before = await this.server.ask('cpuMicroseconds');
    const startedAtMs = performance.now();
    const owners = new Set<string>();
    for (let index = 0; index < count; index += 1) {
      this.served += 1;
      const customer = this.customers[index % this.customers.length]!;
      const { groupId } = this.agents[this.served % this.agents.length]!;
      const given = new Promise<{ agent: HubClient; conversationId: string }>((resolve) =>
        this.given.set(customer.personId, resolve),
      );
      const closed = new Promise<void>((resolve) => this.closed.set(customer.personId, resolve));
      customer.post(`open-${this.served}`, { op: 'conversation.open', name: 'Customer', groupId });
      const { agent, conversationId } = await given;
      if (owners.has(conversationId)) throw new Error(`${conversationId} was given twice`);
      owners.add(conversationId);
      agent.post(`ack-${this.served}`, { op: 'conversation.ack', conversationId });
      agent.post(`close-${this.served}`, { op: 'conversation.close', conversationId });
      await closed;
    }
    const cpuMs = ((await this.server.ask('cpuMicroseconds')) - before) / 1_000 / count;
    return { cpuMs, tookMs: (performance.now() - startedAtMs) / count };
  }

  async end(): Promise<void> {
    for (const { wire } of [...this.customers, ...this.agents.map(({ client }) => client)]) wire.close();
    await this.server.stop();
  }

  private toAgent(agent: HubClient, text: string) {
    if (text.startsWith('{"type":"refused"')) throw new Error(`the hub refused a command: ${text}`);
    // Events are broadcast to the whole group; parse only one's own.
    if (!text.includes('"stage":"active"') || !text.includes(`"agentId":"${agent.personId}"`)) return;
    const { name, conversation }: Frame = JSON.parse(text);
    if (name !== 'conversation.changed' || conversation.agentId !== agent.personId) return;
    const told = this.given.get(conversation.customerId);
    this.given.delete(conversation.customerId);
    told?.({ agent, conversationId: conversation.conversationId });
  }
}
