import { byOrderKey } from './entities';
import { placeIn } from './indexes';
import { assertNever, must } from './must';
import { mergeSettings } from './settings';
import {
  type Agent,
  type Assistant,
  type ClosedConversation,
  type Conversation,
  type Group,
  isFlagged,
  isQueued,
  loadOf,
  type Offer,
  type RoutingState,
  stageName,
  type Unattended,
} from './state';
import type {
  AgentView,
  AssistantView,
  ConversationView,
  GroupView,
  QueueEntryView,
  QueuePosition,
  RoutingView,
  Settings,
} from './types';

/** QU5: no estimate from fewer waits than this. */
const WAITS_KNOWN_MIN = 3;
const ESTIMATE_STEP_MS = 30_000;
/** A wait shorter than this is never longer than usual. */
const LONG_MS = 60_000;

function openView(conversation: Conversation): ConversationView {
  const { stage, groupId, customerId, channel, priority, enqueuedAt, unanswered } = conversation;
  const flagged = isFlagged(conversation);
  const view: ConversationView = {
    stage: stageName(conversation),
    groupId,
    customerId,
    channel,
    priority,
    enqueuedAt,
    flagged,
  };
  if (unanswered?.supervisorsTold) view.overdue = 'supervisors';
  else if (unanswered && unanswered.agentToldAt !== null) view.overdue = 'agent';
  switch (stage.kind) {
    case 'assisted':
      view.assistantId = stage.assistantId;
      break;
    case 'waiting':
      break;
    case 'offered':
      addOffer(view, stage.offer);
      break;
    case 'handedOver':
      addOffer(view, stage.offer);
      addUnattended(view, stage.unattended);
      break;
    case 'active':
      view.agentId = stage.agentId;
      addUnattended(view, stage.unattended);
      break;
    default:
      assertNever(stage);
  }
  return view;
}

function addOffer(view: ConversationView, offer: Offer): void {
  view.offerId = offer.id;
  view.agentId = offer.agentId;
  view.deadline = offer.deadline;
  if (offer.fromAgentId !== null) view.fromAgentId = offer.fromAgentId;
}

function addUnattended(view: ConversationView, unattended: Unattended | null): void {
  if (unattended && unattended.attendBy !== null) view.attendBy = unattended.attendBy;
}

function closedView(closed: ClosedConversation): ConversationView {
  const { groupId, customerId, channel, priority, enqueuedAt } = closed;
  return { stage: 'closed', groupId, customerId, channel, priority, enqueuedAt, flagged: false };
}

/** One conversation, open or recently closed; null when unknown or forgotten. */
export function conversationView(state: RoutingState, conversationId: string): ConversationView | null {
  const conversation = state.conversations.get(conversationId);
  if (conversation) return openView(conversation);
  const closed = state.closed.get(conversationId);
  return closed ? closedView(closed) : null;
}

function viewOfAgent(agent: Agent): AgentView {
  const { name, status, connected, capacity, missedInARow, automatic } = agent;
  const groups = [...agent.members].map(([groupId, { priority }]) => ({ groupId, priority }));
  const wrapUps = [...agent.wrapUps.keys()];
  const load = loadOf(agent);
  const view: AgentView = { name, status, connected, load, capacity, missedInARow, wrapUps, automatic, groups };
  if (agent.reason !== null) view.reason = agent.reason;
  if (agent.afterThis) {
    const { status: next, reason } = agent.afterThis;
    view.afterThis = { status: next, ...(reason === null ? {} : { reason }) };
  }
  return view;
}

export function agentView(state: RoutingState, agentId: string): AgentView | null {
  const agent = state.agents.get(agentId);
  return agent ? viewOfAgent(agent) : null;
}

function viewOfAssistant({ name, connected, groupIds, conversations }: Assistant): AssistantView {
  return { name, connected, groupIds: [...groupIds], assisting: conversations.size };
}

export function assistantView(state: RoutingState, assistantId: string): AssistantView | null {
  const assistant = state.assistants.get(assistantId);
  return assistant ? viewOfAssistant(assistant) : null;
}

function waitingIn(group: Group) {
  return [group.ready, group.parked, group.held, group.heldTried, group.preferenceHeld, group.flagged];
}

function viewOfGroup(group: Group): GroupView {
  const waiting = waitingIn(group).reduce((sum, part) => sum + part.size, 0);
  const { name, open, overrides: settings, members, able } = group;
  return { name, open, settings, waiting, members: members.size, able: able.size };
}

export function groupView(state: RoutingState, groupId: string): GroupView | null {
  const group = state.groups.get(groupId);
  return group ? viewOfGroup(group) : null;
}

/**
 * QU5: what to tell the customer at this time; null when it is not in the queue. Costs O(log n), so it can be called for
 * each customer who is told.
 */
export function queuePosition(state: RoutingState, conversationId: string, at: number): QueuePosition | null {
  const conversation = state.conversations.get(conversationId);
  if (!conversation || !isQueued(conversation)) return null;
  const group = must(state.groups, conversation.groupId);
  const position = placeIn(group, conversation);
  return { position, wait: waitFrom(group, position, at) };
}

function waitFrom(group: Group, position: number, at: number): QueuePosition['wait'] {
  if (!isAttended(group)) return { kind: 'nobodyHere' };
  const { waitsPerPlaceMs: known } = group;
  if (known.length < WAITS_KNOWN_MIN) return { kind: 'unknown' };
  const sorted = [...known].sort((a, b) => a - b);
  const stuckMs = at - lastMoved(group);
  if (stuckMs > Math.max(LONG_MS, sorted.at(-1)!)) return { kind: 'longer' };
  // A place has never taken less time than it takes already.
  const perPlaceMs = Math.max(sorted[Math.floor(sorted.length / 2)]!, stuckMs);
  return { kind: 'about', ms: Math.ceil((perPlaceMs * position) / ESTIMATE_STEP_MS) * ESTIMATE_STEP_MS };
}

/** Whether any agent of the group is online and connected, however busy. */
function isAttended({ counts }: Group): boolean {
  return counts.able + counts.cooling + counts.full > 0;
}

/** The same for a group by its id; false: there is none. */
export function isGroupAttended(state: RoutingState, groupId: string): boolean {
  const group = state.groups.get(groupId);
  return group !== undefined && isAttended(group);
}

/** When the group's queue last moved: an agent got one, or the one that is first now began to wait. */
function lastMoved(group: Group): number {
  const firsts = [...waitingIn(group), group.ringing].flatMap((part) => part.first() ?? []);
  const [first] = firsts.sort(byOrderKey);
  return Math.max(group.servedAt ?? Number.NEGATIVE_INFINITY, first?.waitFrom ?? Number.NEGATIVE_INFINITY);
}

/** The whole state as plain JSON, for tests and debugging. Costs O(n log n); for one entity use the views above. */
export function inspect(state: RoutingState): RoutingView {
  const waiting = [...state.conversations.values()].filter(({ stage }) => stage.kind === 'waiting').sort(byOrderKey);
  const queue = waiting.map(({ id, groupId, priority, enqueuedAt }): QueueEntryView => {
    return { conversationId: id, groupId, priority, enqueuedAt };
  });
  const conversations: [string, ConversationView][] = [];
  for (const [id, conversation] of state.conversations) conversations.push([id, openView(conversation)]);
  for (const [id, closed] of state.closed.entries()) conversations.push([id, closedView(closed)]);
  return {
    queue,
    conversations: Object.fromEntries(conversations),
    agents: Object.fromEntries([...state.agents].map(([id, agent]) => [id, viewOfAgent(agent)])),
    groups: Object.fromEntries([...state.groups].map(([id, group]) => [id, viewOfGroup(group)])),
    assistants: Object.fromEntries([...state.assistants].map(([id, each]) => [id, viewOfAssistant(each)])),
    settings: mergeSettings({} as Settings, state.settings),
  };
}
