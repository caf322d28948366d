import { type Command, createRouting, groupView, type RoutingEvent, route } from '../../shared/routing';
import type { Arrival, Assignment, Router } from './office';

const startAt = Date.UTC(2026, 0, 5);

/** The routing core, with all agents online. */
export class CoreRouter implements Router {
  private readonly state = createRouting();
  private readonly ringing = new Map<string, string>();
  private at = startAt;

  constructor(private readonly groups: number) {
    for (let index = 0; index < groups; index += 1) {
      this.send({ type: 'group.put', at: startAt, groupId: `g${index}`, name: `g${index}` });
    }
  }

  addAgent(agentId: string, capacity: number, groupIds: string[]): void {
    const { at } = this;
    const groups = groupIds.map((groupId) => ({ groupId, priority: 1 }));
    this.send({ type: 'agent.put', at, agentId, name: agentId, capacity, groups });
    this.send({ type: 'agent.connect', at, agentId });
    this.send({ type: 'agent.status', at, agentId, status: 'online' });
  }

  open({ conversationId, groupId, priority }: Arrival): Assignment[] {
    this.at += 1;
    const { at } = this;
    return this.take(
      this.send({ type: 'conversation.open', at, conversationId, customerId: conversationId, groupId, priority }),
    );
  }

  close(conversationId: string): Assignment[] {
    this.at += 1;
    return this.take(this.send({ type: 'conversation.close', at: this.at, conversationId, by: 'agent' }));
  }

  waitingCount(): number {
    let waiting = 0;
    for (let index = 0; index < this.groups; index += 1) waiting += groupView(this.state, `g${index}`)?.waiting ?? 0;
    return waiting;
  }

  accept({ conversationId, agentId }: Assignment): Assignment[] {
    const offerId = this.ringing.get(conversationId) ?? '';
    this.ringing.delete(conversationId);
    return this.take(this.send({ type: 'offer.accept', at: this.at, agentId, offerId }));
  }

  private take(events: RoutingEvent[]): Assignment[] {
    const assignments: Assignment[] = [];
    for (const event of events) {
      if (event.type !== 'offer.made') continue;
      const { conversationId, agentId, offerId } = event;
      this.ringing.set(conversationId, offerId);
      assignments.push({ conversationId, agentId });
    }
    return assignments;
  }

  private send(command: Command): RoutingEvent[] {
    const { events, refusal } = route(this.state, command);
    if (refusal) throw new Error(`${command.type} was refused: ${refusal.message}`);
    return events;
  }
}
