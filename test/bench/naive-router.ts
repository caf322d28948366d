import type { Arrival, Assignment, Router } from './office';

interface NaiveConversation extends Arrival {
  place: number;
  agentId: string | null;
}

interface NaiveAgent {
  id: string;
  capacity: number;
  groupIds: string[];
  load: number;
  lastAt: number;
}

/**
 * A straightforward router: lists, filtered and sorted at every change. It implements only order, capacity, groups and
 * the least busy agent, which is all this office needs; it is not slowed down on purpose.
 */
export class NaiveRouter implements Router {
  private agents: NaiveAgent[] = [];
  private conversations: NaiveConversation[] = [];
  private clock = 0;

  addAgent(id: string, capacity: number, groupIds: string[]): void {
    this.agents.push({ id, capacity, groupIds, load: 0, lastAt: 0 });
  }

  open(arrival: Arrival): Assignment[] {
    this.clock += 1;
    this.conversations.push({ ...arrival, place: this.clock, agentId: null });
    return this.assign();
  }

  accept(_assignment: Assignment): Assignment[] {
    return this.assign();
  }

  close(conversationId: string): Assignment[] {
    this.clock += 1;
    const ended = this.conversations.find((each) => each.conversationId === conversationId);
    const agent = this.agents.find((each) => each.id === ended?.agentId);
    this.conversations = this.conversations.filter((each) => each !== ended);
    if (agent) {
      agent.load -= 1;
      agent.lastAt = this.clock;
    }
    return this.assign();
  }

  waitingCount(): number {
    return this.conversations.filter((each) => each.agentId === null).length;
  }

  private assign(): Assignment[] {
    const assignments: Assignment[] = [];
    for (;;) {
      const free = this.agents.filter((each) => each.load < each.capacity);
      if (free.length === 0) return assignments;
      const next = this.conversations
        .filter((each) => each.agentId === null)
        .sort((a, b) => a.priority - b.priority || a.place - b.place)
        .find((each) => free.some((agent) => agent.groupIds.includes(each.groupId)));
      if (!next) return assignments;
      const best = free
        .filter((each) => each.groupIds.includes(next.groupId))
        .sort((a, b) => a.load / a.capacity - b.load / b.capacity || a.lastAt - b.lastAt || (a.id < b.id ? -1 : 1))[0]!;
      next.agentId = best.id;
      best.load += 1;
      best.lastAt = this.clock;
      assignments.push({ conversationId: next.conversationId, agentId: best.id });
    }
  }
}
