import type { ConversationView } from '../../../shared/protocol/views';
import type { OfficeState } from '../session/office-state';
import { isIncoming, isMine } from '../session/selectors';

/** What needs this agent's attention in one conversation. */
export interface Alert {
  alertId: string;
  conversationId: string;
  /**
   * `incoming` (an offer) and `assigned` (it came by itself) ring until they are handled. `words` (the customer has
   * written), `hurry` (the time for the first answer runs out) and `overdue` (UN1) sound once.
   */
  kind: 'incoming' | 'assigned' | 'words' | 'hurry' | 'overdue';
  customerName: string;
  /** What the customer wrote. */
  preview: string;
  /** Changes when there is something new to notify of. */
  news: unknown;
}

/** The last part of the time for a first answer. */
const hurryMs = 10_000;

/**
 * The alerts of this moment (hub's time), at most one a conversation. An offer rings while it is open. A conversation
 * that came by itself rings until the agent looks at it, answers, or it is gone.
 */
export function alertsOf(state: OfficeState, now: number): Alert[] {
  // Without a link the rest may be out of date, and no offer can be accepted.
  const up = state.link.state === 'up';
  const meId = state.me?.agentId ?? null;
  const isSupervisor = state.me?.role === 'supervisor';
  const alerts: Alert[] = [];
  for (const conversation of state.conversations.values()) {
    const { conversationId, preview, offerId, attendBy } = conversation;
    const unread = state.unread.get(conversationId);
    const mine = isMine(conversation, meId);
    const words = unread?.words ?? preview;
    if (up && isIncoming(conversation, meId)) {
      alerts.push(alert(conversation, 'incoming', offerId ?? conversationId, preview, offerId));
    } else if (up && mine && unread?.arrived) {
      alerts.push(alert(conversation, 'assigned', `assigned-${conversationId}`, words, conversation.since));
    } else if (up && mine && hurryAt(conversation) <= now) {
      alerts.push(alert(conversation, 'hurry', `hurry-${conversationId}`, words, attendBy));
    } else if (up && concerns(conversation, mine, isSupervisor)) {
      alerts.push(alert(conversation, 'overdue', `overdue-${conversationId}`, words, conversation.unansweredSince));
    } else if (mine && unread && !unread.arrived) {
      alerts.push(alert(conversation, 'words', `words-${conversationId}`, words, unread));
    }
  }
  return alerts;
}

/** UN1: its agent, and in the end every supervisor. */
function concerns({ overdue }: ConversationView, mine: boolean, isSupervisor: boolean): boolean {
  return overdue !== undefined && (mine || (isSupervisor && overdue === 'supervisors'));
}

/** Hub's time of the next alert that no event announces; infinite: none. */
export function nextAlertAt(state: OfficeState, now: number): number {
  const meId = state.me?.agentId ?? null;
  let next = Number.POSITIVE_INFINITY;
  for (const conversation of state.conversations.values()) {
    const at = isMine(conversation, meId) ? hurryAt(conversation) : next;
    if (at > now) next = Math.min(next, at);
  }
  return next;
}

/** RD1: when the agent is reminded of the first answer; infinite: nothing ends. */
function hurryAt({ attendBy, since }: ConversationView): number {
  return attendBy === null ? Number.POSITIVE_INFINITY : attendBy - Math.min(hurryMs, (attendBy - since) / 2);
}

export function isRinging({ kind }: Alert): boolean {
  return kind === 'incoming' || kind === 'assigned';
}

function alert(
  { conversationId, customerName }: ConversationView,
  kind: Alert['kind'],
  alertId: string,
  preview: string,
  news: unknown,
): Alert {
  return { alertId, conversationId, kind, customerName, preview, news };
}
