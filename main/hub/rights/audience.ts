import type { LeftMessage } from '../../../shared/protocol/views';
import type { ConversationView } from '../../../shared/routing/index';
import type { AgentSession } from '../session/session';
import type { HubState } from '../state/hub-state';

/** Which agents see what: worked out when something is sent, not when it happened. */

export function isSupervisor(state: HubState, agentId: string): boolean {
  return state.config.accounts.get(agentId)?.role === 'supervisor';
}

export function isMember(state: HubState, agentId: string, groupId: string): boolean {
  return state.config.accounts.get(agentId)?.groups.some((membership) => membership.groupId === groupId) ?? false;
}

/** Owner, the one it rings at, or the sender of a transfer that rings. */
export function holds(agentId: string, conversation: ConversationView): boolean {
  return conversation.agentId === agentId || conversation.fromAgentId === agentId;
}

/** The summary: an agent's own groups and own conversations; a supervisor all. */
export function maySee(state: HubState, agentId: string, conversation: ConversationView): boolean {
  return isSupervisor(state, agentId) || holds(agentId, conversation) || isMember(state, agentId, conversation.groupId);
}

export function maySeeLeftMessage(state: HubState, agentId: string, leftMessage: LeftMessage): boolean {
  return isSupervisor(state, agentId) || isMember(state, agentId, leftMessage.groupId);
}

/** The messages: what they hold, and the one they watch while they may see it. */
export function mayRead(
  state: HubState,
  session: AgentSession,
  conversationId: string,
  conversation: ConversationView,
): boolean {
  if (holds(session.agentId, conversation)) return true;
  return session.watched === conversationId && maySee(state, session.agentId, conversation);
}
