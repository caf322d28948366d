import type { MessageView } from '../../../shared/protocol/views';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import type { Thread } from '../state/thread';
import { type Touched, touchedBy } from './touched';

/** What an agent's client that resumes has missed, or may have (STORAGE.md, "Sessions"). */
export interface MissedRecords {
  since: number;
  records: readonly HubRecord[];
  touched: Touched;
}

/** The same for a customer's client: only of their conversation, as customers are told of no other. */
export interface MissedMessages {
  since: number;
  conversation: Thread;
  messages: readonly MessageView[];
}

export function touchedByRecords(state: HubState, records: readonly HubRecord[]): Touched {
  const groupOf = (id: string) => state.threads.get(id)?.groupId ?? null;
  const events = records.flatMap((record) => record.events);
  const touched = touchedBy(events, groupOf);
  // A transfer by a removed agent goes on ringing, but has no sender to return to.
  if (touched.routing.some(({ type }) => type === 'agent.removed'))
    for (const { conversationId, closedAt } of state.threads.values())
      if (closedAt === null) touched.conversations.add(conversationId);
  if (touched.officeHours)
    for (const { groupId, hours } of state.config.groups.values()) if (hours === null) touched.groups.add(groupId);
  for (const customerId of touched.customers) {
    const conversation = state.threads.latestOf(customerId);
    if (conversation) touched.conversations.add(conversation.conversationId);
  }
  return touched;
}

/**
 * Null when a snapshot is needed: too long ago, or the agent's visibility changed. Includes the record `since` itself:
 * the line may have closed in the middle of its events.
 */
export function missedByAgent(state: HubState, agentId: string, since: number): MissedRecords | null {
  const records = state.recent.from(since);
  if (!records) return null;
  const touched = touchedByRecords(state, records);
  if (touched.accounts.has(agentId)) return null;
  // A removed group ends its members' memberships.
  for (const groupId of touched.groups) if (!state.config.groups.has(groupId)) return null;
  return { since, records, touched };
}

/**
 * Null when a snapshot is needed: too many messages, or the customer had another conversation before `since`, or none.
 * Reads only those messages, to stay cheap: any stranger can send an old `since` as often as they like.
 */
export function messagesMissedBy(state: HubState, customerId: string, since: number): MissedMessages | null {
  const conversation = state.threads.latestOf(customerId);
  if (!conversation || since > state.seq) return null;
  const { messages } = conversation;
  const lengthMin = Math.max(0, messages.length - state.recent.keptMax);
  let length = messages.length;
  while (length > lengthMin && seqOf(messages[length - 1]) >= since) length -= 1;
  // The conversation must have begun before `since`.
  if (length === 0 || seqOf(messages[length - 1]) >= since) return null;
  return { since, conversation, messages: messages.slice(length) };
}

/** The `seq` of the record that added a message. */
export function seqOf(message: Pick<MessageView, 'messageId'> | undefined): number {
  return Number.parseInt(message?.messageId ?? '', 10);
}
