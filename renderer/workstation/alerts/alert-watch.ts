import type { ConversationView } from '../../../shared/protocol/views';
import type { OfficeState } from '../session/office-state';
import { isAutomaticFor } from '../session/reception';
import { isIncoming, isMine } from '../session/selectors';

/** An offer, or an automatically assigned conversation, that needs this agent's attention until it is handled. */
export interface Alert {
  alertId: string;
  conversationId: string;
  kind: 'incoming' | 'assigned';
  customerName: string;
  preview: string;
}

/**
 * The alerts that ring now. An offer rings while it is open. In automatic reception a conversation rings from its
 * arrival until it is looked at, answered or gone. `lookedAt`: the arrivals that this agent has seen. A conversation
 * assigned before `startedAt` (hub's time) is no arrival, unless it still has to be attended to.
 */
export function alertsOf(state: OfficeState, lookedAt: ReadonlySet<string>, startedAt: number): Alert[] {
  // Without a link this state may be out of date, and no offer can be accepted.
  if (state.link.state !== 'up') return [];
  const meId = state.me?.agentId ?? null;
  const alerts: Alert[] = [];
  for (const conversation of state.conversations.values()) {
    if (isIncoming(conversation, meId)) {
      alerts.push(alert(conversation, 'incoming', conversation.offerId ?? conversation.conversationId));
    } else if (isMine(conversation, meId) && isArrival(state, conversation, startedAt)) {
      if (!lookedAt.has(arrivalId(conversation))) alerts.push(alert(conversation, 'assigned', arrivalId(conversation)));
    }
  }
  return alerts;
}

/** Assigned to this agent without being accepted, and not answered yet. */
function isArrival(state: OfficeState, conversation: ConversationView, startedAt: number): boolean {
  if (conversation.stage !== 'active') return false;
  if (conversation.attendBy !== null) return true;
  if (conversation.unanswered === 0 || conversation.since < startedAt) return false;
  return isAutomaticFor(state, conversation.groupId);
}

export function arrivalId(conversation: ConversationView): string {
  return `${conversation.conversationId}@${conversation.since}`;
}

function alert(conversation: ConversationView, kind: Alert['kind'], alertId: string): Alert {
  const { conversationId, customerName, preview } = conversation;
  return { alertId, conversationId, kind, customerName, preview };
}
