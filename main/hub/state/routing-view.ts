import {
  type AgentView,
  agentView,
  assistantOf,
  type ConversationView,
  conversationView,
  isQueued,
  type RoutingState,
  type Settings,
  type StatusCause,
} from '../../../shared/routing/index';

/** Read-only lookups of single entities in the core's state. */

export interface RoutedAgent extends AgentView {
  statusSince: number;
  cause: StatusCause;
}

export function routedAgent(state: RoutingState, agentId: string): RoutedAgent | null {
  const agent = state.agents.get(agentId);
  const view = agentView(state, agentId);
  return agent && view ? { ...view, statusSince: agent.statusSince, cause: agent.cause } : null;
}

/** An open conversation, or null. */
export function routedConversation(state: RoutingState, conversationId: string): ConversationView | null {
  const view = conversationView(state, conversationId);
  return view && view.stage !== 'closed' ? view : null;
}

/** Includes conversations that have just ended; 0 once the core no longer knows it. */
export function priorityOf(state: RoutingState, conversationId: string): number {
  return conversationView(state, conversationId)?.priority ?? 0;
}

/** Who had a conversation at its end; null: nobody, or the core no longer knows it. */
export function lastAgentOf(state: RoutingState, conversationId: string): string | null {
  return state.closed.get(conversationId)?.agentId ?? null;
}

/** RO1: until when a customer may reopen what ended at this time; null: they may not. */
export function reopenUntil(state: RoutingState, conversationId: string): number | null {
  const closed = state.closed.get(conversationId);
  const group = state.groups.get(closed?.groupId ?? '');
  if (!closed || !group?.open || group.settings.reopenMinutes === 0) return null;
  return closed.closedAt + group.settings.reopenMinutes * 60_000;
}

/** WU1 */
export function isWrappingUp({ agents }: RoutingState, agentId: string, conversationId: string): boolean {
  return agents.get(agentId)?.wrapUps.has(conversationId) ?? false;
}

/** Waiting, or ringing with its place kept: shown to customers as waiting (QU5). */
export function isInQueue(state: RoutingState, conversationId: string): boolean {
  const conversation = state.conversations.get(conversationId);
  return conversation !== undefined && isQueued(conversation);
}

/** Whether any agent has it or has had it. */
export function hasMetAgent(state: RoutingState, conversationId: string): boolean {
  const conversation = state.conversations.get(conversationId);
  return conversation?.placeAtStart === null && assistantOf(conversation) === null;
}

/** The agent that an open offer rings at; null when the offer is not open. */
export function offeredTo(state: RoutingState, offerId: string): string | null {
  return state.offers.get(offerId)?.agentId ?? null;
}

/** HR2: an agent of the group is online. */
export function isStaffed(state: RoutingState, groupId: string): boolean {
  return state.groups.get(groupId)?.staffed ?? false;
}

/** The settings in effect for a group. */
export function settingsOf(state: RoutingState, groupId: string): Settings {
  return state.groups.get(groupId)?.settings ?? state.settings;
}
