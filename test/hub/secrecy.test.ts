import { expect, test } from 'vitest';
import { isMember, isSupervisor, maySee, maySeeLeftMessage } from '../../main/hub/rights/audience';
import { routedConversation } from '../../main/hub/state/routing-view';
import { createRandom, type Random } from '../simulation/random';
import { type TestClient, TestHub } from '../support/hub';

/**
 * Nothing that a customer of another group is called, writes or is written reaches an agent who may not see them: every
 * frame to every agent is searched for the marks of those that were out of their sight before and after it.
 */

const mark = /canary-(\d+)-/g;
const names = ['Ana', 'Ben', 'Cleo', 'Dora'];

class Day {
  private customers: { id: string; client: TestClient }[] = [];
  private count = 0;
  readonly agents = new Map<string, TestClient>();
  private readonly read = new Map<string, number>();
  private groups: string[] = [];
  /** What this agent might have seen until now. */
  private sight = new Map<string, Set<string>>();
  checked = 0;

  private constructor(
    private office: TestHub,
    private readonly random: Random,
  ) {}

  static async begin(seed: number): Promise<Day> {
    const office = await TestHub.start({ seed: seed + 1 });
    const day = new Day(office, createRandom(seed));
    const boss = await office.supervisor();
    const other = boss.command({ op: 'group.put', name: 'Elsewhere' }).result.groupId as string;
    day.groups = [office.groupId, other];
    const reception = {
      redirect: { enabled: true, afterSeconds: 10 },
      shortBreak: { enabled: true, afterSeconds: 10 },
    };
    expect(boss.command({ op: 'settings.update', settings: { reception } })).toMatchObject({ type: 'ack' });
    boss.leave();
    for (const [index, name] of names.entries()) {
      const groups = [{ groupId: day.groups[index % 2]!, priority: 1 }];
      day.agents.set(name, await office.online(name, { groups }));
    }
    day.look();
    return day;
  }

  async live(steps: number) {
    for (let step = 0; step < steps; step += 1) {
      await this.act();
      this.office.flush();
      this.check();
    }
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : this.random.pick(items);
  }

  private async act() {
    const agent = this.pick([...this.agents.values()])!;
    const open = this.pick(agent.conversations);
    const customer = this.pick(this.customers);
    const colleague = this.office.agentId(this.pick(names)!);
    const words = `canary-${customer?.id ?? 0}-words`;
    const acts: (() => unknown)[] = [
      () => this.comes(),
      () => this.comes(),
      () => this.office.advance(11_000),
      () => agent.command({ op: 'status.set', status: 'online' }),
      () => customer?.client.command({ op: 'message.send', text: words }),
      () => customer?.client.command({ op: 'conversation.close' }),
      () => customer?.client.command({ op: 'message.leave', name: words, contact: words, text: words }),
      () => open?.offerId && agent.command({ op: 'offer.accept', offerId: open.offerId }),
      () => open && agent.command({ op: 'conversation.claim', conversationId: open.conversationId }),
      () => open && agent.command({ op: 'conversation.watch', conversationId: open.conversationId }),
      () => open && agent.command({ op: 'note.add', ...this.said(open), mentions: [colleague] }),
      () => open && agent.command({ op: 'message.send', ...this.said(open) }),
      () => open && agent.command({ op: 'conversation.close', conversationId: open.conversationId }),
      () => open && this.passOn(agent, open.conversationId, { agentId: colleague }),
      () => open && this.passOn(agent, open.conversationId, { groupId: this.pick(this.groups) }),
      () => agent.asked({ op: 'conversation.find', text: 'canary', stage: 'open', after: null, length: 20 }),
      () => this.reconnect(agent),
      () => this.moves(),
    ];
    await this.pick(acts)!();
  }

  /** In the words of its own customer. */
  private said({ conversationId, customerName }: { conversationId: string; customerName: string }) {
    return { conversationId, text: customerName };
  }

  private passOn(agent: TestClient, conversationId: string, to: object) {
    agent.command({ op: 'conversation.transfer', conversationId, to, note: 'please' });
  }

  private async comes() {
    this.count += 1;
    const id = String(this.count);
    const words = `canary-${id}-name`;
    const page = { title: words, url: `https://shop.example/${words}` };
    const client = await this.office.customer(
      id,
      { name: words, contact: words, text: words, groupId: this.pick(this.groups) },
      { page },
    );
    this.customers = [...this.customers.slice(-5), { id, client }];
  }

  /** With what it was told last, or as if it knew nothing. */
  private async reconnect(agent: TestClient) {
    const name = [...this.agents].find(([, each]) => each === agent)![0];
    agent.leave();
    const seq = agent.frames.filter((frame) => frame.seq !== undefined).at(-1)?.seq ?? 0;
    const since = this.random.chance(0.5) ? { epoch: 1, seq } : null;
    const token = this.tokens.get(name) ?? agent.welcome.token;
    this.tokens.set(name, token);
    const back = this.office.connect('agent');
    const auth = { kind: 'token', token };
    await back.hello({ role: 'agent', auth, deviceId: agent.device, deviceLabel: 'test', since });
    this.agents.set(name, back);
    this.read.set(name, 0);
  }

  private readonly tokens = new Map<string, string>();

  /** A supervisor moves an agent to the other group. */
  private async moves() {
    const name = this.pick(names)!;
    const boss = await this.office.supervisor();
    const groups = [{ groupId: this.pick(this.groups)!, priority: 1 }];
    boss.command({ op: 'agent.put', agentId: this.office.agentId(name), name, role: 'agent', capacity: 5, groups });
    boss.leave();
  }

  private visibleTo(agentId: string): Set<string> {
    const { state } = this.office.hub;
    const seen = new Set<string>();
    const note = (text: string) => {
      for (const [, id] of text.matchAll(mark)) seen.add(id!);
    };
    for (const conversation of state.threads.values()) {
      const { conversationId, customerId, groupId } = conversation;
      const routed = routedConversation(state.routing, conversationId);
      const sees = routed
        ? maySee(state, agentId, routed)
        : isSupervisor(state, agentId) || isMember(state, agentId, groupId);
      if (sees) note(state.customers.get(customerId)?.name ?? '');
    }
    for (const left of state.leftMessages.all()) if (maySeeLeftMessage(state, agentId, left)) note(left.customerName);
    note(state.missedRings.get(agentId)?.customerName ?? '');
    return seen;
  }

  private look() {
    for (const name of names) this.sight.set(name, this.visibleTo(this.office.agentId(name)));
  }

  private check() {
    for (const [name, client] of this.agents) {
      const before = this.sight.get(name)!;
      const now = this.visibleTo(this.office.agentId(name));
      for (const frame of client.frames.slice(this.read.get(name) ?? 0)) {
        const text = JSON.stringify(frame);
        for (const [, id] of text.matchAll(mark))
          if (!before.has(id!) && !now.has(id!)) throw new Error(`${name} is told of customer ${id}: ${text}`);
        this.checked += 1;
      }
      this.read.set(name, client.frames.length);
    }
    this.look();
  }
}

test.each([1, 2, 3, 4])('an agent hears nothing of customers out of their sight: day %i', async (seed) => {
  const day = await Day.begin(seed);
  await day.live(250);
  expect(day.checked).toBeGreaterThan(500);
});
