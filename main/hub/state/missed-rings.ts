import type { RoutingEvent } from '../../../shared/routing/index';
import type { Customers } from './customers';
import type { Threads } from './threads';

/** SB1: the offer whose timeout put an agent on a short break, for the banner. */
export interface MissedRing {
  conversationId: string;
  customerId: string;
  customerName: string;
  waitedSeconds: number;
}

/** By agent, for as long as their break lasts. */
export class MissedRings {
  private readonly byAgent = new Map<string, MissedRing>();

  constructor(
    private readonly customers: Customers,
    private readonly threads: Threads,
  ) {}

  save(): [agentId: string, MissedRing][] {
    return [...this.byAgent];
  }

  /** The inverse of `save`, into an empty list. */
  load(saved: readonly [agentId: string, MissedRing][]): void {
    for (const [agentId, missed] of saved) this.byAgent.set(agentId, missed);
  }

  get size(): number {
    return this.byAgent.size;
  }

  get(agentId: string): MissedRing | undefined {
    return this.byAgent.get(agentId);
  }

  values(): Iterable<MissedRing> {
    return this.byAgent.values();
  }

  /** Call after the threads have applied the event. */
  apply(event: RoutingEvent): void {
    if (event.type === 'agent.removed') this.byAgent.delete(event.agentId);
    if (event.type !== 'agent.changed') return;
    this.byAgent.delete(event.agentId);
    if (event.cause !== 'timeout' || event.conversationId === undefined) return;
    const { conversationId, customerId, rangSince } = this.threads.must(event.conversationId);
    this.byAgent.set(event.agentId, {
      conversationId,
      customerId,
      customerName: this.customers.must(customerId).name,
      waitedSeconds: Math.max(0, Math.round((event.at - (rangSince ?? event.at)) / 1_000)),
    });
  }

  erase(customerId: string): void {
    for (const [agentId, missed] of this.byAgent) if (missed.customerId === customerId) this.byAgent.delete(agentId);
  }
}
