import {
  type AgentView,
  agentView,
  type ConversationView,
  conversationView,
  isQueued,
  type RoutingState,
  type Settings,
  type StatusCause,
} from '../../../shared/routing/index';

/** How the hub looks at single entities of the core's state: never all of them, never to change one. */

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

/** Also of one that has just ended; 0: not known any more. */
export function priorityOf(state: RoutingState, conversationId: string): number {
  return conversationView(state, conversationId)?.priority ?? 0;
}

/** It waits, or rings and keeps its place: what customers are told of as waiting (QU5). */
export function isInQueue(state: RoutingState, conversationId: string): boolean {
  const conversation = state.conversations.get(conversationId);
  return conversation !== undefined && isQueued(conversation);
}

/** Some agent has it or has had it. */
export function hasMetAgent(state: RoutingState, conversationId: string): boolean {
  return state.conversations.get(conversationId)?.placeAtStart === null;
}

/** The agent an open offer rings at, or null when there is no such open offer. */
export function offeredTo(state: RoutingState, offerId: string): string | null {
  return state.offers.get(offerId)?.agentId ?? null;
}

/** HR2: somebody of the group is online. */
export function isStaffed(state: RoutingState, groupId: string): boolean {
  return state.groups.get(groupId)?.staffed ?? false;
}

/** The settings that hold in a group. */
export function settingsOf(state: RoutingState, groupId: string): Settings {
  return state.groups.get(groupId)?.settings ?? state.settings;
}
