import { byOrderKey } from './entities';
import { mergeSettings } from './settings';
import { type Agent, type ClosedConversation, type Conversation, type Group, loadOf, type RoutingState } from './state';
import type {
  AgentView,
  ConversationView,
  GroupView,
  QueueEntryView,
  QueuePosition,
  RoutingView,
  Settings,
} from './types';

function openView(state: RoutingState, conversation: Conversation): ConversationView {
  const { stage, groupId, customerId, channel, priority, enqueuedAt, flagged } = conversation;
  const view: ConversationView = { stage, groupId, customerId, channel, priority, enqueuedAt, flagged };
  if (conversation.agentId !== null) view.agentId = conversation.agentId;
  if (conversation.fromAgentId !== null) view.fromAgentId = conversation.fromAgentId;
  const offer = state.offers.get(conversation.offerId ?? '');
  if (offer) {
    view.offerId = offer.id;
    view.agentId = offer.agentId;
    view.deadline = offer.deadline;
  }
  if (conversation.attendBy !== null) view.attendBy = conversation.attendBy;
  return view;
}

function closedView(closed: ClosedConversation): ConversationView {
  const { groupId, customerId, channel, priority, enqueuedAt } = closed;
  return { stage: 'closed', groupId, customerId, channel, priority, enqueuedAt, flagged: false };
}

/** One conversation, open or recently closed; null when it is not known (any more). */
export function conversationView(state: RoutingState, conversationId: string): ConversationView | null {
  const conversation = state.conversations.get(conversationId);
  if (conversation) return openView(state, conversation);
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
  if (!conversation || !group || conversation.stage === 'active') return null;
  const waits = group.recentWaitsMs;
  const estimatedWaitMs =
    waits.length > 0 ? Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length) : null;
  if (conversation.stage === 'offered') return { position: 0, estimatedWaitMs };
  const before = waitingIn(group).reduce((sum, part) => sum + part.rank(conversation), 0);
  return { position: before + 1, estimatedWaitMs };
}

/** Everything, as plain JSON: for tests, views and debugging. Costs O(n log n); one entity has its own view above. */
export function inspect(state: RoutingState): RoutingView {
  const waiting = [...state.conversations.values()].filter(({ stage }) => stage === 'waiting').sort(byOrderKey);
  const queue = waiting.map(({ id, groupId, priority, enqueuedAt }): QueueEntryView => {
    return { conversationId: id, groupId, priority, enqueuedAt };
  });
  const conversations: [string, ConversationView][] = [];
  for (const [id, conversation] of state.conversations) conversations.push([id, openView(state, conversation)]);
  for (const [id, closed] of state.closed.entries()) conversations.push([id, closedView(closed)]);
  return {
    queue,
    conversations: Object.fromEntries(conversations),
    agents: Object.fromEntries([...state.agents].map(([id, agent]) => [id, viewOfAgent(agent)])),
    groups: Object.fromEntries([...state.groups].map(([id, group]) => [id, viewOfGroup(group)])),
    settings: mergeSettings({} as Settings, state.settings),
  };
}
