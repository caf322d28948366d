import type { ApiTokenView } from '../../../shared/protocol/api-tokens';
import type { BlockView } from '../../../shared/protocol/blocks';
import type { CustomerProfile } from '../../../shared/protocol/customer-profile';
import { rateWithinMs } from '../../../shared/protocol/limits';
import type {
  AgentView,
  AssistantView,
  ConversationView,
  CustomerConversationView,
  CustomerGroupView,
  CustomerMessageView,
  DeviceView,
  GroupView,
  MessageView,
} from '../../../shared/protocol/views';
import type { WebhookView } from '../../../shared/protocol/webhooks';
import {
  assistantView,
  type QueuePosition,
  type ConversationView as RoutedConversation,
} from '../../../shared/routing/index';
import {
  type ApiToken,
  type Assistant,
  type Block,
  type Device,
  type Group,
  officeOf,
  usedAtOf,
} from '../state/config';
import type { Customer } from '../state/customers';
import type { HubState } from '../state/hub-state';
import type { MissedRing } from '../state/missed-rings';
import {
  lastAgentOf,
  priorityOf,
  reopenUntil,
  routedAgent,
  routedConversation,
  settingsOf,
} from '../state/routing-view';
import type { Thread } from '../state/thread';
import type { Webhook } from '../state/webhooks';

/** What each side of the wire sees of an entity, from the hub's state. */

/** `own`: for the agent themselves; only they are told which customers they missed. */
export function agentViewOf(state: HubState, agentId: string, own: boolean): AgentView | null {
  const account = state.config.accounts.get(agentId);
  const routed = routedAgent(state.routing, agentId);
  if (!account || !routed) return null;
  return {
    agentId,
    name: account.name,
    role: account.role,
    capacity: account.capacity,
    groups: account.groups,
    status: routed.status,
    statusSince: routed.statusSince,
    statusCause: routed.cause,
    ...(routed.reason === undefined ? {} : { reason: routed.reason }),
    ...(routed.afterThis === undefined ? {} : { afterThis: routed.afterThis }),
    missed: own && routed.status === 'shortBreak' ? missedView(state.missedRings.get(agentId)) : null,
    connected: routed.connected,
    load: routed.load,
    missedInARow: routed.missedInARow,
    automatic: routed.automatic,
    wrapUps: routed.wrapUps,
    devices: state.config.deviceCounts.get(agentId) ?? 0,
  };
}

export function groupViewOf({ routing }: HubState, group: Group, changesAt: number | null): GroupView {
  const assistant = routing.groups.get(group.groupId)?.assistant;
  if (!assistant) return { ...group, changesAt };
  const { id: assistantId, name, connected } = assistant;
  return { ...group, changesAt, assistant: { assistantId, name, connected } };
}

export function apiTokenViewOf({ tokenHash: _tokenHash, ...told }: ApiToken): ApiTokenView {
  return told;
}

export function assistantViewOf({ routing }: HubState, assistant: Assistant): AssistantView {
  const { assistantId, name, groupIds, tokenMadeAt, seenAt } = assistant;
  const { connected = false, assisting = 0 } = assistantView(routing, assistantId) ?? {};
  return { assistantId, name, groupIds, connected, assisting, tokenMadeAt, seenAt };
}

export function customerGroupViewOf(state: HubState, group: Group, changesAt: number | null): CustomerGroupView {
  const { groupId, name, open } = group;
  if (open) return { groupId, name, open, opensAt: null, closedText: null };
  return { groupId, name, open, opensAt: changesAt, closedText: settingsOf(state.routing, groupId).texts.outsideHours };
}

export function deviceViewOf(device: Device): DeviceView {
  const { deviceId, agentId, label, addedAt } = device;
  return { deviceId, agentId, label, addedAt, usedAt: usedAtOf(device) };
}

export function blockViewOf({ tokenHash: _, ...view }: Block): BlockView {
  return view;
}

export function conversationViewOf(
  state: HubState,
  conversation: Thread,
  customerConnected: boolean,
  seenByCustomer: string | null,
): ConversationView {
  const routed = routedConversation(state.routing, conversation.conversationId);
  const customer = state.customers.get(conversation.customerId);
  const open = state.routing.conversations.get(conversation.conversationId);
  return {
    conversationId: conversation.conversationId,
    customerId: conversation.customerId,
    customerName: customer?.name ?? '',
    profile: profileOf(customer),
    groupId: conversation.groupId,
    priority: priorityOf(state.routing, conversation.conversationId),
    stage: routed?.stage ?? 'closed',
    // A reopened one waits from then on (RO1).
    enqueuedAt: open?.enqueuedAt ?? conversation.openedAt,
    ...(open ? { arrival: open.seq } : {}),
    since: conversation.since,
    agentId: routed?.agentId ?? null,
    firstAssignedAt: conversation.firstAssignedAt ?? null,
    ...(routed ? {} : { lastAgentId: lastAgentOf(state.routing, conversation.conversationId) }),
    fromAgentId: routed?.fromAgentId ?? null,
    offerId: routed?.offerId ?? null,
    deadline: routed?.deadline ?? null,
    attendBy: routed?.attendBy ?? null,
    flagged: routed?.flagged ?? false,
    ...(routed?.overdue ? { overdue: routed.overdue } : {}),
    redirects: conversation.redirects,
    note: conversation.note,
    why: conversation.why,
    preview: conversation.preview,
    lastMessageAt: conversation.lastMessageAt,
    unansweredSince: conversation.unansweredSince,
    unanswered: conversation.unanswered,
    tags: [...conversation.tags],
    closedBy: conversation.closedBy,
    ...(conversation.rating ? { rating: { ...conversation.rating } } : {}),
    customerConnected,
    seenByCustomer,
  };
}

function profileOf(customer: Customer | undefined): CustomerProfile {
  const { contact = '', language = 'en', page, firstSeenAt = null, endedCount = null, endedAt = null } = customer ?? {};
  const signed = customer?.signedId === undefined ? {} : { signedId: customer.signedId };
  const where = page === undefined ? {} : { page };
  return { contact, language, ...where, firstSeenAt, endedCount, lastEndedAt: endedAt, ...signed };
}

export function customerConversationViewOf(
  state: HubState,
  conversation: Thread,
  place: QueuePosition | null,
  seenByAgent: string | null,
): CustomerConversationView {
  const routed = routedConversation(state.routing, conversation.conversationId);
  // While a transfer rings, the agent who transfers still serves.
  const servedBy = routed?.fromAgentId ?? (routed?.stage === 'active' ? routed.agentId : null) ?? null;
  return {
    conversationId: conversation.conversationId,
    stage: customerStageOf(routed, servedBy),
    groupName: state.config.groups.get(conversation.groupId)?.name ?? '',
    agentName: servedBy === null ? null : (state.config.accounts.get(servedBy)?.name ?? null),
    ...assistantOf(state, routed),
    position: place?.position ?? null,
    estimatedWaitSeconds: place?.wait.kind === 'about' ? place.wait.ms / 1_000 : null,
    ...(place?.wait.kind === 'nobodyHere' ? { nobodyHere: true } : {}),
    ...(place?.wait.kind === 'longer' ? { longerThanUsual: true } : {}),
    closedBy: conversation.closedBy,
    ...(routed ? {} : reopeningOf(state, conversation)),
    ...ratingOf(state, conversation),
    mayLeaveMessage: mayLeaveMessage(state, conversation, place),
    seenByAgent,
  };
}

function customerStageOf(
  routed: RoutedConversation | null,
  servedBy: string | null,
): CustomerConversationView['stage'] {
  if (!routed) return 'closed';
  if (routed.stage === 'assisted') return 'assisted';
  return servedBy === null ? 'waiting' : 'active';
}

function assistantOf({ config }: HubState, routed: RoutedConversation | null): { assistantName?: string } {
  const name = config.assistants.get(routed?.assistantId ?? '')?.name;
  return name === undefined ? {} : { assistantName: name };
}

/** While the state holds it. */
function reopeningOf({ routing }: HubState, { conversationId }: Thread): { reopenUntil?: number } {
  const until = reopenUntil(routing, conversationId);
  return until === null ? {} : { reopenUntil: until };
}

/** Only of the last that ended, and only while the office asks for it. */
function ratingOf(
  { config, customers }: HubState,
  { conversationId, customerId }: Thread,
): Pick<CustomerConversationView, 'rating' | 'rateUntil'> {
  const { toRate } = customers.get(customerId) ?? {};
  if (toRate?.conversationId !== conversationId || !officeOf(config).afterwards.rating) return {};
  const { rating, ratingChanged, endedAt } = toRate;
  const said = rating ? { rating: { score: rating.score, comment: rating.comment } } : {};
  return ratingChanged ? said : { ...said, rateUntil: endedAt + rateWithinMs };
}

/** QU5, QU6, HR1, HR2: true when no agent will take it soon, or when it ended because none did. */
function mayLeaveMessage(state: HubState, conversation: Thread, place: QueuePosition | null): boolean {
  if (conversation.closedAt !== null) return conversation.asksForMessage;
  if (place === null) return false;
  const { groupId } = conversation;
  if (place.wait.kind === 'longer') return true;
  if (place.wait.kind !== 'nobodyHere') return false;
  const isOpen = state.config.groups.get(groupId)?.open ?? false;
  return !isOpen || settingsOf(state.routing, groupId).queue.whenNobodyOnline === 'leaveMessage';
}

/** null for a note, which customers may not see. */
export function customerMessageOf(message: MessageView): CustomerMessageView | null {
  const { unread: _unread, from, ...said } = message;
  if (from.kind === 'note') return null;
  if (from.kind === 'program') return { ...said, from: { kind: 'assistant', name: from.name } };
  if (from.kind === 'agent' || from.kind === 'assistant')
    return { ...said, from: { kind: from.kind, name: from.name } };
  return { ...said, from };
}

function missedView(missed: MissedRing | undefined): AgentView['missed'] {
  if (!missed) return null;
  const { conversationId, customerName, waitedSeconds } = missed;
  return { conversationId, customerName, waitedSeconds };
}

export function webhookViewOf(webhook: Webhook): WebhookView {
  const { webhookId, url, events, madeAt, paused, failingSince, waiting, lost, attempts, secrets } = webhook;
  return {
    webhookId,
    url,
    events: [...events],
    madeAt,
    paused,
    failingSince,
    waiting: waiting.size,
    lost,
    attemptedAt: attempts.at(-1)?.at ?? null,
    rotatesUntil: secrets[1]?.until ?? null,
  };
}
