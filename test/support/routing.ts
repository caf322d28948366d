import {
  apply,
  type Command,
  type CommandOf,
  type CommandType,
  createRouting,
  exportState,
  inspect,
  invariantViolations,
  nextDeadline,
  type RouteResult,
  type RoutingEvent,
  type RoutingEventOf,
  type RoutingEventType,
  type RoutingState,
  route,
  type SettingsPatch,
} from '../../shared/routing';

/** Midnight of some day, so that a wrong time unit stands out. */
export const START_AT = 1_750_000_000_000;

/** Far more deadlines than any test passes. */
const STOPS_MAX = 300;

type Fields<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'at'>;

/**
 * The routing core driven by hand: time moves only on request, and after every command all invariants, replay (I10) and
 * a second tick (I11) are checked.
 */
export class Office {
  state: RoutingState = createRouting();
  at = START_AT;
  readonly recorded: RoutingEvent[] = [];
  last: RouteResult = { events: [], refusal: null };
  private replica: RoutingState = createRouting();

  constructor(settings?: SettingsPatch) {
    if (settings) this.do('settings.update', { settings });
  }

  do<T extends CommandType>(type: T, fields: Fields<T>): RouteResult {
    return this.send({ type, at: this.at, ...fields } as unknown as Command);
  }

  send(command: Command): RouteResult {
    this.last = route(this.state, command);
    this.recorded.push(...this.last.events);
    for (const event of this.last.events) apply(this.replica, JSON.parse(JSON.stringify(event)) as RoutingEvent);
    this.check(command);
    return this.last;
  }

  private check(command: Command): void {
    const problems = invariantViolations(this.state);
    if (JSON.stringify(inspect(this.replica)) !== JSON.stringify(inspect(this.state)))
      problems.push('I10: views differ');
    if (JSON.stringify(exportState(this.replica)) !== JSON.stringify(exportState(this.state))) {
      problems.push('I10: states differ');
    }
    if (nextDeadline(this.replica) !== nextDeadline(this.state)) problems.push('I10: deadlines differ');
    if (this.last.refusal?.code !== 'timeBackwards' && Number.isFinite(command.at)) {
      const again = route(this.state, { type: 'tick', at: this.at });
      if (again.events.length > 0) problems.push(`I11: a second tick gave ${JSON.stringify(again.events)}`);
    }
    if (problems.length > 0) throw new Error(`after ${JSON.stringify(command)}:\n${problems.join('\n')}`);
  }

  /** Lets time pass, stopping at every deadline on the way as the shell's timer would; returns the events. */
  pass(seconds: number): RoutingEvent[] {
    const until = this.at + seconds * 1_000;
    const events: RoutingEvent[] = [];
    for (let stops = 0; ; stops += 1) {
      const due = nextDeadline(this.state);
      if (due === null || due > until) break;
      if (stops >= STOPS_MAX) throw new Error(`${STOPS_MAX} deadlines within ${seconds} s: is anything ever over?`);
      this.at = Math.max(this.at, due);
      events.push(...this.do('tick', {}).events);
    }
    this.at = until;
    events.push(...this.do('tick', {}).events);
    return events;
  }

  group(groupId: string, settings?: SettingsPatch): this {
    this.do('group.put', { groupId, name: groupId, ...(settings ? { settings } : {}) });
    return this;
  }

  /** An agent of the group, by default with priority 1, connected and online. */
  agent(agentId: string, options: AgentOptions = {}): this {
    const { capacity = 1, groups = { sales: 1 }, status = 'online', connected = true } = options;
    const list = Object.entries(groups).map(([groupId, priority]) => ({ groupId, priority }));
    this.do('agent.put', { agentId, name: agentId, capacity, groups: list });
    if (connected) this.do('agent.connect', { agentId });
    if (status !== 'offline') this.do('agent.status', { agentId, status });
    return this;
  }

  status(agentId: string, status: 'online' | 'busy' | 'shortBreak' | 'offline', by?: string): RouteResult {
    return this.do('agent.status', { agentId, status, ...(by === undefined ? {} : { by }) });
  }

  open(conversationId: string, options: { customer?: string; group?: string; priority?: number } = {}): RouteResult {
    const { customer = `customer of ${conversationId}`, group = 'sales', priority } = options;
    return this.do('conversation.open', {
      conversationId,
      customerId: customer,
      groupId: group,
      ...(priority === undefined ? {} : { priority }),
    });
  }

  accept(conversationId: string): RouteResult {
    const { agentId = '', offerId = '' } = this.conversation(conversationId);
    return this.do('offer.accept', { agentId, offerId });
  }

  decline(conversationId: string): RouteResult {
    const { agentId = '', offerId = '' } = this.conversation(conversationId);
    return this.do('offer.decline', { agentId, offerId });
  }

  close(conversationId: string): RouteResult {
    return this.do('conversation.close', { conversationId, by: 'agent' });
  }

  reply(conversationId: string): RouteResult {
    return this.do('message.sent', { conversationId, from: 'agent' });
  }

  conversation(conversationId: string) {
    const view = inspect(this.state).conversations[conversationId];
    if (!view) throw new Error(`no conversation ${conversationId}`);
    return view;
  }

  agentView(agentId: string) {
    const view = inspect(this.state).agents[agentId];
    if (!view) throw new Error(`no agent ${agentId}`);
    return view;
  }

  queue(): string[] {
    return inspect(this.state).queue.map(({ conversationId }) => conversationId);
  }

  /** A conversation's stage in one or two words: `waiting`, `rings ann`, `with ann`, `closed`. */
  where(conversationId: string): string {
    const { stage, agentId } = this.conversation(conversationId);
    if (stage === 'offered') return `rings ${agentId}`;
    return stage === 'active' ? `with ${agentId}` : stage;
  }
}

export interface AgentOptions {
  capacity?: number;
  groups?: Record<string, number>;
  status?: 'online' | 'busy' | 'shortBreak' | 'offline';
  connected?: boolean;
}

/** A group `sales` with these agents online, each with a capacity of one. */
export function office(settings: SettingsPatch, ...agentIds: string[]): Office {
  const desk = new Office(settings).group('sales');
  for (const agentId of agentIds) desk.agent(agentId);
  return desk;
}

export function ofType<T extends RoutingEventType>(events: readonly RoutingEvent[], type: T): RoutingEventOf<T>[] {
  return events.filter((event): event is RoutingEventOf<T> & RoutingEvent => event.type === type);
}

/** A small seeded generator (mulberry32), so that a failing run can be repeated. */
export function seededRandom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
