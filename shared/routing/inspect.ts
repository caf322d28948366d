import { byOrderKey } from './entities';
import { assertNever } from './must';
import { mergeSettings } from './settings';
import {
  type Active,
  type Agent,
  type ClosedConversation,
  type Conversation,
  type Group,
  isFlagged,
  loadOf,
  type Ringing,
  type RoutingState,
} from './state';
import type {
  AgentView,
  ConversationView,
  GroupView,
  QueueEntryView,
  QueuePosition,
  RoutingView,
  Settings,
} from './types';

function openView(conversation: Conversation): ConversationView {
  const { stage, groupId, customerId, channel, priority, enqueuedAt } = conversation;
  const flagged = isFlagged(conversation);
  const view: ConversationView = { stage: stage.kind, groupId, customerId, channel, priority, enqueuedAt, flagged };
  switch (stage.kind) {
    case 'waiting':
      break;
    case 'offered':
      addOffer(view, stage);
      break;
    case 'active':
      view.agentId = stage.agentId;
      addUnattended(view, stage);
      break;
    default:
      assertNever(stage);
  }
  return view;
}

function addOffer(view: ConversationView, { offer, handedOver }: Ringing): void {
  view.offerId = offer.id;
  view.agentId = offer.agentId;
  view.deadline = offer.deadline;
  if (offer.fromAgentId !== null) view.fromAgentId = offer.fromAgentId;
  if (handedOver) addUnattended(view, handedOver);
}

function addUnattended(view: ConversationView, { unattended }: Pick<Active, 'unattended'>): void {
  if (unattended && unattended.attendBy !== null) view.attendBy = unattended.attendBy;
}

function closedView(closed: ClosedConversation): ConversationView {
  const { groupId, customerId, channel, priority, enqueuedAt } = closed;
  return { stage: 'closed', groupId, customerId, channel, priority, enqueuedAt, flagged: false };
}

/** One conversation, open or recently closed; null when it is not known (any more). */
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
  return { name, status, connected, load: loadOf(agent), capacity, missedInARow, wrapUps, automatic, groups };
}

export function agentView(state: RoutingState, agentId: string): AgentView | null {
  const agent = state.agents.get(agentId);
  return agent ? viewOfAgent(agent) : null;
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
 * QU5: the place among those waiting in its group, and the usual wait from the last ones. Costs O(log n), so the shell
 * can ask for each customer it is about to tell.
 */
export function queuePosition(state: RoutingState, conversationId: string): QueuePosition | null {
  const conversation = state.conversations.get(conversationId);
  const group = conversation && state.groups.get(conversation.groupId);
  if (!conversation || !group || conversation.stage.kind === 'active') return null;
  const waits = group.recentWaitsMs;
  const estimatedWaitMs =
    waits.length > 0 ? Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length) : null;
  if (conversation.stage.kind === 'offered') return { position: 0, estimatedWaitMs };
  const before = waitingIn(group).reduce((sum, part) => sum + part.rank(conversation), 0);
  return { position: before + 1, estimatedWaitMs };
}

/** Everything, as plain JSON: for tests, views and debugging. Costs O(n log n); one entity has its own view above. */
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
    settings: mergeSettings({} as Settings, state.settings),
  };
}
