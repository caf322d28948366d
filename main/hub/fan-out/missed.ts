import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { type Touched, touchedBy } from './touched';

/** What a client that comes back was not told, or perhaps not (STORAGE.md, "Sessions" 4). */
export interface Missed {
  since: number;
  records: readonly HubRecord[];
  touched: Touched;
}

export function touchedByRecords(state: HubState, records: readonly HubRecord[]): Touched {
  const groupOf = (id: string) => state.desk.conversations.get(id)?.groupId ?? null;
  const events = records.flatMap((record) => record.events);
  const touched = touchedBy(events, groupOf);
  // What a removed agent was handing over rings on, and goes back to nobody.
  if (touched.routing.some(({ type }) => type === 'agent.removed'))
    for (const { conversationId, closedAt } of state.desk.conversations.values())
      if (closedAt === null) touched.conversations.add(conversationId);
  for (const customerId of touched.customers) {
    const conversation = state.desk.latestOf(customerId);
    if (conversation) touched.conversations.add(conversation.conversationId);
  }
  return touched;
}

/** Null when only a snapshot tells it: too long ago, or the agent may see other things now. */
export function missedByAgent(state: HubState, agentId: string, since: number): Missed | null {
  const missed = missedSince(state, since);
  if (!missed || missed.touched.accounts.has(agentId)) return null;
  // A group that went took its members' memberships with it.
  for (const groupId of missed.touched.groups) if (!state.config.groups.has(groupId)) return null;
  return missed;
}

/** Null when only a snapshot tells it: too long ago, or the customer had another conversation then, or none. */
export function missedByCustomer(state: HubState, customerId: string, since: number): Missed | null {
  const missed = missedSince(state, since);
  const began = missed?.touched.routing.some(
    (event) => event.type === 'conversation.queued' && event.reason === 'opened' && event.customerId === customerId,
  );
  return began || !state.desk.latestOf(customerId) ? null : missed;
}

/** With the record `since` itself: the line may have gone in the middle of what it told. */
function missedSince(state: HubState, since: number): Missed | null {
  const records = state.recent.from(since);
  return records && { since, records, touched: touchedByRecords(state, records) };
}
