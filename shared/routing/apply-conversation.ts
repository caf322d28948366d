import { countMiss, dropMissedPreference, noteMoment, noteTry } from './apply-offer';
import { armConversation } from './deadlines';
import { newConversation } from './entities';
import { placeConversation, reindexAgent, unplaceConversation } from './indexes';
import { must } from './must';
import {
  type Conversation,
  loadOf,
  NO_MARKS,
  noteClosed,
  noteOpen,
  RECENT_WAITS_MAX,
  type RoutingState,
  withMark,
} from './state';
import type { RoutingEventOf } from './types';

const RECEPTIONIST_KEPT_MS = 365 * 86_400_000;
const FORGET_EVERY_EVENTS = 4_096;

/** Attended, or handed to a person by a person: the search for an agent is over, and so are its marks. */
function endSearch(conversation: Conversation): void {
  conversation.tried = NO_MARKS;
  conversation.cooling = NO_MARKS;
  conversation.offeredAtMoment = NO_MARKS;
  conversation.failedTries = 0;
  conversation.lastTryEndedAt = null;
  conversation.flagged = false;
  conversation.throttledUntil = null;
}

/** Takes a conversation from whoever has it or hands it over; gives the agent's id. */
function detach(state: RoutingState, conversation: Conversation, at: number): void {
  const holderId = conversation.agentId ?? conversation.fromAgentId;
  conversation.agentId = null;
  conversation.fromAgentId = null;
  if (holderId === null) return;
  const holder = must(state.agents, holderId);
  holder.active.delete(conversation.id);
  holder.handingOver.delete(conversation.id);
  holder.givenAt = at;
}

function clearAssignment(conversation: Conversation): void {
  conversation.attended = false;
  conversation.ackBy = null;
  conversation.attendBy = null;
  conversation.terms = null;
  conversation.missed = false;
}

export function applyQueued(state: RoutingState, event: RoutingEventOf<'conversation.queued'>): void {
  if (event.reason === 'opened') {
    const { customerId, channel, groupId, priority, enqueuedAt, seq } = event;
    const seed = { id: event.conversationId, customerId, channel, groupId, priority, enqueuedAt, seq };
    const conversation = newConversation(seed);
    state.seqCount = Math.max(state.seqCount, seq);
    state.conversations.set(conversation.id, conversation);
    noteOpen(state, conversation);
    placeConversation(state, conversation);
    return;
  }
  const conversation = must(state.conversations, event.conversationId);
  unplaceConversation(conversation);
  conversation.groupId = event.groupId;
  conversation.stage = 'waiting';
  if (event.reason === 'transferred') {
    const sender = must(state.agents, event.agentId);
    detach(state, conversation, event.at);
    endSearch(conversation);
    clearAssignment(conversation);
    conversation.waitFrom = event.at;
    // TR2: the sender counts as tried, and an explicit transfer ignores LR (LR4).
    conversation.tried = withMark(NO_MARKS, sender.id, 1);
    conversation.lastTryEndedAt = event.at;
    conversation.preferenceDropped = true;
    reindexAgent(state, sender);
  }
  placeConversation(state, conversation);
}

export function applyMoved(state: RoutingState, event: RoutingEventOf<'conversation.moved'>): void {
  const conversation = must(state.conversations, event.conversationId);
  unplaceConversation(conversation);
  conversation.groupId = event.groupId;
  placeConversation(state, conversation);
}

function noteWait(state: RoutingState, conversation: Conversation, at: number): void {
  const waits = must(state.groups, conversation.groupId).recentWaitsMs;
  waits.push(at - conversation.waitFrom);
  if (waits.length > RECENT_WAITS_MAX) waits.shift();
}

export function applyAssigned(state: RoutingState, event: RoutingEventOf<'conversation.assigned'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const agent = must(state.agents, event.agentId);
  if (event.how !== 'transferred') noteWait(state, conversation, event.at);
  unplaceConversation(conversation);
  const holderId = conversation.agentId ?? conversation.fromAgentId;
  if (holderId !== agent.id) {
    detach(state, conversation, event.at);
    if (holderId !== null) reindexAgent(state, must(state.agents, holderId));
  }
  // A sender may have taken back what they were handing over.
  agent.handingOver.delete(conversation.id);
  conversation.fromAgentId = null;
  agent.active.add(conversation.id);
  agent.wrapUps.delete(conversation.id);
  conversation.stage = 'active';
  conversation.agentId = agent.id;
  conversation.groupId = event.groupId;
  conversation.assignedAt = event.at;
  clearAssignment(conversation);
  if (event.how === 'automatic') {
    noteTry(conversation, agent, event.at, true);
    conversation.lastTryEndedAt = null;
    conversation.ackBy = event.ackBy ?? null;
    conversation.attendBy = event.attendBy ?? null;
    conversation.terms = event.terms ?? null;
    if (conversation.seq < agent.fillBefore) agent.lastFillAt = event.at;
  } else {
    conversation.attended = true;
    endSearch(conversation);
    agent.missedInARow = 0;
    agent.lastMissAt = null;
    if (event.how === 'claimed') {
      agent.givenAt = event.at;
      agent.excusedLoad = Math.max(agent.excusedLoad, loadOf(agent));
    }
  }
  // The fill is over once the agent is full: what they get later, they get at once.
  if (loadOf(agent) >= agent.capacity) agent.fillBefore = 0;
  placeConversation(state, conversation);
  reindexAgent(state, agent);
}

export function applyAcknowledged(state: RoutingState, event: RoutingEventOf<'conversation.acknowledged'>): void {
  const conversation = must(state.conversations, event.conversationId);
  conversation.ackBy = null;
  armConversation(state, conversation);
}

export function applyReturned(state: RoutingState, event: RoutingEventOf<'conversation.returned'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const agent = must(state.agents, event.agentId);
  const timedOut = event.reason === 'timedOut';
  if (conversation.attended && event.reason !== 'senderGone') endSearch(conversation);
  if (conversation.attended) conversation.waitFrom = event.at;
  else if (timedOut) {
    if (conversation.terms?.counts) conversation.failedTries += 1;
    dropMissedPreference(state, conversation, event.agentId);
  }
  conversation.lastTryEndedAt = conversation.tried.size > 0 ? event.at : null;
  detach(state, conversation, event.at);
  clearAssignment(conversation);
  unplaceConversation(conversation);
  conversation.priority = event.priority;
  conversation.stage = 'waiting';
  placeConversation(state, conversation);
  if (event.miss) countMiss(agent, event.at);
  reindexAgent(state, agent, conversation.flagged && timedOut);
  if (conversation.flagged && timedOut) noteMoment(conversation, agent);
}

export function applyTransferFailed(state: RoutingState, event: RoutingEventOf<'conversation.transferFailed'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const sender = must(state.agents, event.agentId);
  sender.handingOver.delete(conversation.id);
  sender.active.add(conversation.id);
  conversation.stage = 'active';
  conversation.agentId = sender.id;
  conversation.fromAgentId = null;
  // Whoever handed it over has attended to it: no time to answer it runs on.
  clearAssignment(conversation);
  conversation.attended = true;
  endSearch(conversation);
  placeConversation(state, conversation);
  reindexAgent(state, sender);
}

export function applyConversationMissed(state: RoutingState, event: RoutingEventOf<'conversation.missed'>): void {
  const conversation = must(state.conversations, event.conversationId);
  conversation.missed = true;
  const agent = must(state.agents, event.agentId);
  if (event.miss) countMiss(agent, event.at);
  armConversation(state, conversation);
}

export function applyMessage(state: RoutingState, event: RoutingEventOf<'conversation.message'>): void {
  const conversation = must(state.conversations, event.conversationId);
  conversation.silenceNoticedAt = null;
  if (event.from === 'customer') {
    conversation.silentSince = null;
  } else {
    conversation.silentSince = event.at;
    // What the hub writes by itself is nobody's.
    const agent = event.agentId === undefined ? null : must(state.agents, event.agentId);
    if (agent) noteReceptionist(state, conversation, agent.id, event.at);
    if (agent && conversation.stage === 'active' && conversation.agentId === agent.id && !conversation.attended) {
      conversation.attended = true;
      conversation.ackBy = null;
      conversation.attendBy = null;
      endSearch(conversation);
      agent.missedInARow = 0;
      agent.lastMissAt = null;
    }
  }
  armConversation(state, conversation);
}

/** LR1. Kept oldest first; what no setting can ask for any more is dropped from the front now and then. */
function noteReceptionist(state: RoutingState, conversation: Conversation, agentId: string, at: number): void {
  const known = state.lastReceptionists;
  known.delete(conversation.customerId);
  known.set(conversation.customerId, { agentId, at });
  // What the customer has waiting in another channel prefers somebody else from now on, or for longer.
  let other = state.openByCustomer.get(conversation.customerId) ?? null;
  for (; other; other = other.sibling) if (other.stage === 'waiting') placeConversation(state, other);
  if (state.eventCount % FORGET_EVERY_EVENTS !== 0) return;
  for (const [customerId, last] of known) {
    if (at - last.at <= RECEPTIONIST_KEPT_MS) break;
    known.delete(customerId);
  }
}

export function applyClosed(state: RoutingState, event: RoutingEventOf<'conversation.closed'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const { customerId, channel, groupId, priority, enqueuedAt } = conversation;
  const holderId = conversation.agentId ?? conversation.fromAgentId;
  const holder = holderId === null ? null : must(state.agents, holderId);
  detach(state, conversation, event.at);
  conversation.stage = 'closed';
  placeConversation(state, conversation);
  state.conversations.delete(conversation.id);
  noteClosed(state, conversation);
  const { by, agentId = null, at: closedAt } = event;
  state.closed.add(conversation.id, { customerId, channel, groupId, priority, enqueuedAt, by, agentId, closedAt });
  if (holder) reindexAgent(state, holder);
}
