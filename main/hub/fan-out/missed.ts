import type { MessageView } from '../../../shared/protocol/views';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import type { Thread } from '../state/thread';
import { type Touched, touchedBy } from './touched';

/** What an agent's client that comes back was not told, or perhaps not (STORAGE.md, "Sessions"). */
export interface Missed {
  since: number;
  records: readonly HubRecord[];
  touched: Touched;
}

/** The same for a customer's: of their conversation, which is all they are told of. */
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
  for (const customerId of touched.customers) {
    const conversation = state.threads.latestOf(customerId);
    if (conversation) touched.conversations.add(conversation.conversationId);
  }
  return touched;
}

/**
 * Null when only a snapshot tells it: too long ago, or the agent may see other things now. With the record `since`
 * itself: the line may have gone in the middle of what it told.
 */
export function missedByAgent(state: HubState, agentId: string, since: number): Missed | null {
  const records = state.recent.from(since);
  if (!records) return null;
  const touched = touchedByRecords(state, records);
  if (touched.accounts.has(agentId)) return null;
  // A group that went took its members' memberships with it.
  for (const groupId of touched.groups) if (!state.config.groups.has(groupId)) return null;
  return { since, records, touched };
}

/**
 * Null when only a snapshot tells it: too many messages, or the customer had another conversation before `since`, or
 * none. Looks at nothing but those messages: anybody can say an old `since` as often as they like.
 */
export function messagesMissedBy(state: HubState, customerId: string, since: number): MissedMessages | null {
  const conversation = state.threads.latestOf(customerId);
  if (!conversation || since > state.seq) return null;
  const { messages } = conversation;
  const lengthMin = Math.max(0, messages.length - state.recent.keptMax);
  let length = messages.length;
  while (length > lengthMin && seqOf(messages[length - 1]) >= since) length -= 1;
  // Something of it must have been there before.
  if (length === 0 || seqOf(messages[length - 1]) >= since) return null;
  return { since, conversation, messages: messages.slice(length) };
}

/** The record that a message came with. */
export function seqOf(message: Pick<MessageView, 'messageId'> | undefined): number {
  return Number.parseInt(message?.messageId ?? '', 10);
}
