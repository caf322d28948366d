import type {
  AgentView,
  ConversationView,
  CustomerConversationView,
  CustomerMessageView,
  DeviceView,
  GroupView,
  MessageView,
} from '../../../shared/protocol/views';
import { routedAgent, routedConversation } from '../routing-view';
import type { Device, Group } from '../state/config';
import type { DeskConversation } from '../state/desk';
import type { HubState } from '../state/hub-state';

/** What each side of the wire sees of an entity, from the hub's state. */

export function agentViewOf(state: HubState, agentId: string): AgentView | null {
  const account = state.config.accounts.get(agentId);
  const routed = routedAgent(state.routing, agentId);
  if (!account || !routed) return null;
  let devices = 0;
  for (const device of state.config.devices.values()) if (device.agentId === agentId) devices += 1;
  return {
    agentId,
    name: account.name,
    role: account.role,
    capacity: account.capacity,
    groups: account.groups,
    status: routed.status,
    statusSince: routed.statusSince,
    statusCause: routed.cause,
    missed: routed.status === 'shortBreak' ? (state.desk.missed.get(agentId) ?? null) : null,
    connected: routed.connected,
    load: routed.load,
    missedInARow: routed.missedInARow,
    automatic: routed.automatic,
    wrapUps: routed.wrapUps,
    devices,
  };
}

export function groupViewOf({ groupId, name, open, settings }: Group): GroupView {
  return { groupId, name, open, settings };
}

export function deviceViewOf({ deviceId, agentId, label, addedAt }: Device): DeviceView {
  return { deviceId, agentId, label, addedAt };
}

export function conversationViewOf(
  state: HubState,
  conversation: DeskConversation,
  customerConnected: boolean,
): ConversationView {
  const routed = routedConversation(state.routing, conversation.conversationId);
  return {
    conversationId: conversation.conversationId,
    customerId: conversation.customerId,
    customerName: state.desk.customers.get(conversation.customerId)?.name ?? '',
    groupId: conversation.groupId,
    priority: routed?.priority ?? conversation.key.priority,
    stage: routed?.stage ?? 'closed',
    enqueuedAt: conversation.key.enqueuedAt,
    since: conversation.since,
    agentId: routed?.agentId ?? null,
    fromAgentId: routed?.fromAgentId ?? null,
    offerId: routed?.offerId ?? null,
    deadline: routed?.deadline ?? null,
    attendBy: routed?.attendBy ?? null,
    flagged: routed?.flagged ?? false,
    redirects: conversation.redirects,
    note: conversation.note,
    why: conversation.why,
    preview: conversation.preview,
    lastMessageAt: conversation.lastMessageAt,
    unansweredSince: conversation.unansweredSince,
    unanswered: conversation.unanswered,
    closedBy: conversation.closedBy,
    customerConnected,
  };
}

export interface Place {
  position: number;
  estimatedWaitSeconds: number | null;
}

export function customerConversationViewOf(
  state: HubState,
  conversation: DeskConversation,
  place: Place | null,
): CustomerConversationView {
  const routed = routedConversation(state.routing, conversation.conversationId);
  // While a transfer rings the sender still serves.
  const servedBy = routed?.fromAgentId ?? (routed?.stage === 'active' ? routed.agentId : null) ?? null;
  return {
    conversationId: conversation.conversationId,
    stage: !routed ? 'closed' : servedBy === null ? 'waiting' : 'active',
    groupName: state.config.groups.get(conversation.groupId)?.name ?? '',
    agentName: servedBy === null ? null : (state.config.accounts.get(servedBy)?.name ?? null),
    position: place?.position ?? null,
    estimatedWaitSeconds: place?.estimatedWaitSeconds ?? null,
    closedBy: conversation.closedBy,
  };
}

export function customerMessageOf(message: MessageView): CustomerMessageView {
  const { from } = message;
  return { ...message, from: from.kind === 'agent' ? { kind: 'agent', name: from.name } : from };
}
