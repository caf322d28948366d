import { countMiss, dropMissedPreference, noteMoment, noteTry } from './apply-offer';
import { armConversation, disarmConversation } from './deadlines';
import { newConversation } from './entities';
import { enterQueue, leaveQueue, placeIn, reindexAgent, reindexConversation, setStage } from './indexes';
import { must } from './must';
import {
  type Agent,
  type Assisted,
  assistantOf,
  type Conversation,
  type Group,
  holderOf,
  isFlagged,
  type LastReceptionist,
  loadOf,
  NO_MARKS,
  newSearch,
  noteClosed,
  noteOpen,
  RECENT_WAITS_MAX,
  type RoutingState,
  type Unanswered,
  type Unattended,
  withMark,
} from './state';
import type { RoutingEventOf } from './types';

const RECEPTIONIST_KEPT_MS = 365 * 86_400_000;
const FORGET_EVERY_EVENTS = 4_096;

/** Removes a conversation from the agent who has it or is handing it over; to be called before its stage changes. */
function release(state: RoutingState, conversation: Conversation, at: number): Agent | null {
  const holderId = holderOf(conversation);
  if (holderId === null) return null;
  const holder = must(state.agents, holderId);
  holder.active.delete(conversation.id);
  holder.handingOver.delete(conversation.id);
  holder.givenAt = at;
  return holder;
}

/** An agent has attended a conversation, which resets their misses in a row. */
function noteAttended(agent: Agent): void {
  agent.missedInARow = 0;
  agent.lastMissAt = null;
}

export function applyQueued(state: RoutingState, event: RoutingEventOf<'conversation.queued'>): void {
  if (event.reason === 'opened' || event.reason === 'reopened') {
    open(state, event);
    return;
  }
  if (event.reason === 'switched') {
    switched(state, event);
    return;
  }
  const conversation = must(state.conversations, event.conversationId);
  leaveQueue(conversation);
  conversation.groupId = event.groupId;
  if (event.reason === 'transferred') {
    const sender = must(state.agents, event.agentId);
    release(state, conversation, event.at);
    conversation.waitFrom = event.at;
    // TR2: the sender counts as tried, and an explicit transfer ignores LR (LR4).
    conversation.search = { ...newSearch(), tried: withMark(NO_MARKS, sender.id, 1), lastTryEndedAt: event.at };
    conversation.preferenceHold = 'over';
    reindexAgent(state, sender);
  }
  enterQueue(state, conversation);
}

function open(state: RoutingState, event: RoutingEventOf<'conversation.queued'>): void {
  const { conversationId: id, customerId, channel, groupId, priority, enqueuedAt, seq } = event;
  const group = must(state.groups, groupId);
  const seed = { id, customerId, channel, groupId, priority, enqueuedAt, seq };
  const conversation = newConversation(seed, { kind: 'waiting', place: group.ready, wantedBy: null });
  if (event.reason === 'reopened') {
    conversation.reopened = true;
    if (state.closed.get(id)?.unanswered) conversation.unanswered = unansweredSince(event.at);
    state.closed.delete(id);
  }
  begin(state, conversation);
  arrive(state, group, conversation);
}

function begin(state: RoutingState, conversation: Conversation): void {
  state.seqCount = Math.max(state.seqCount, conversation.seq);
  state.conversations.set(conversation.id, conversation);
  noteOpen(state, conversation);
}

function arrive(state: RoutingState, group: Group, conversation: Conversation): void {
  enterQueue(state, conversation);
  conversation.placeAtStart = placeIn(group, conversation);
}

/** BO2: a new conversation to the queue; but with the customer's words that have no answer. */
function switched(state: RoutingState, event: RoutingEventOf<'conversation.queued'>): void {
  const { conversationId: id, customerId, channel, groupId, priority, enqueuedAt, seq, fromAssistant } = event;
  const before = must(state.conversations, id);
  const group = must(state.groups, groupId);
  leaveAssistant(state, before);
  disarmConversation(state, before);
  noteClosed(state, before);
  state.conversations.delete(id);
  const seed = { id, customerId, channel, groupId, priority, enqueuedAt, seq };
  const conversation = newConversation(seed, { kind: 'waiting', place: group.ready, wantedBy: null });
  conversation.unanswered = before.unanswered;
  conversation.offerTimes = before.offerTimes;
  conversation.fromAssistant = fromAssistant ?? null;
  begin(state, conversation);
  arrive(state, group, conversation);
}

function leaveAssistant(state: RoutingState, conversation: Conversation): void {
  const assistantId = assistantOf(conversation);
  if (assistantId !== null) must(state.assistants, assistantId).conversations.delete(conversation.id);
}

export function applyAssisted(state: RoutingState, event: RoutingEventOf<'conversation.assisted'>): void {
  const { conversationId: id, customerId, channel, groupId, assistantId, priority, enqueuedAt, seq, at } = event;
  const assistant = must(state.assistants, assistantId);
  const known = state.conversations.get(id);
  const awaitedSince = known?.unanswered ? at : null;
  const stage: Assisted = { kind: 'assisted', assistantId, awaitedSince };
  const conversation = known ?? newConversation({ id, customerId, channel, groupId, priority, enqueuedAt, seq }, stage);
  const holder = known ? release(state, known, at) : null;
  if (!known) begin(state, conversation);
  conversation.search = newSearch();
  conversation.fromAssistant = null;
  // BO5: the customer's turn, until they write.
  conversation.silence = awaitedSince === null ? { since: at, noticedAt: null } : null;
  assistant.conversations.add(id);
  setStage(state, conversation, stage);
  if (holder) reindexAgent(state, holder);
}

export function applyMoved(state: RoutingState, event: RoutingEventOf<'conversation.moved'>): void {
  const conversation = must(state.conversations, event.conversationId);
  leaveQueue(conversation);
  conversation.groupId = event.groupId;
  reindexConversation(state, conversation);
}

/** QU5: counts only the wait for the first agent, as only that was measured from the place at the start. */
function noteWait(state: RoutingState, conversation: Conversation, at: number): void {
  const { placeAtStart, enqueuedAt, groupId } = conversation;
  if (placeAtStart === null) return;
  conversation.placeAtStart = null;
  const waits = must(state.groups, groupId).waitsPerPlaceMs;
  waits.push((at - enqueuedAt) / placeAtStart);
  if (waits.length > RECENT_WAITS_MAX) waits.shift();
}

export function applyAssigned(state: RoutingState, event: RoutingEventOf<'conversation.assigned'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const agent = must(state.agents, event.agentId);
  noteWait(state, conversation, event.at);
  if (holderOf(conversation) !== agent.id) {
    const before = release(state, conversation, event.at);
    if (before) reindexAgent(state, before);
  }
  // The sender of a transfer may claim the conversation back.
  agent.handingOver.delete(conversation.id);
  agent.active.add(conversation.id);
  agent.wrapUps.delete(conversation.id);
  must(state.groups, conversation.groupId).servedAt = event.at;
  conversation.groupId = event.groupId;
  conversation.reopened = false;
  if (event.how === 'automatic') {
    noteTry(conversation, agent, event.at, true);
    conversation.search.lastTryEndedAt = null;
    if (conversation.seq < agent.fillBefore) agent.lastFillAt = event.at;
  } else {
    conversation.search = newSearch();
    noteAttended(agent);
    if (event.how === 'claimed') {
      agent.givenAt = event.at;
      agent.excusedLoad = Math.max(agent.excusedLoad, loadOf(agent));
    }
  }
  // AR4: pacing ends once the agent is full; later conversations come at once.
  if (loadOf(agent) >= agent.capacity) agent.fillBefore = 0;
  setStage(state, conversation, { kind: 'active', agentId: agent.id, unattended: unattendedAfter(event) });
  reindexAgent(state, agent);
}

function unattendedAfter(event: RoutingEventOf<'conversation.assigned'>): Unattended | null {
  if (event.how !== 'automatic') return null;
  const { at: assignedAt, ackBy = null, attendBy = null, terms } = event;
  if (!terms) throw new Error(`${event.conversationId} was given without terms`);
  return { assignedAt, ackBy, attendBy, terms, missed: false };
}

/** Changes the deadlines of an automatic assignment that is not attended yet. */
function changeUnattended(state: RoutingState, conversationId: string, change: Partial<Unattended>): void {
  const conversation = must(state.conversations, conversationId);
  const { stage } = conversation;
  if (stage.kind !== 'active' || !stage.unattended) throw new Error(`${conversationId} waits for no first answer`);
  setStage(state, conversation, { ...stage, unattended: { ...stage.unattended, ...change } });
}

export function applyAcknowledged(state: RoutingState, event: RoutingEventOf<'conversation.acknowledged'>): void {
  changeUnattended(state, event.conversationId, { ackBy: null });
}

export function applyReturned(state: RoutingState, event: RoutingEventOf<'conversation.returned'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const agent = must(state.agents, event.agentId);
  const { stage } = conversation;
  if (stage.kind !== 'active' && stage.kind !== 'handedOver') throw new Error(`${conversation.id} returns from nobody`);
  const { unattended } = stage;
  const timedOut = event.reason === 'timedOut';
  if (!unattended) {
    conversation.waitFrom = event.at;
    if (event.reason !== 'senderGone') conversation.search = newSearch();
  } else if (timedOut) {
    if (unattended.terms.counts) conversation.search.failedTries += 1;
    dropMissedPreference(state, conversation, event.agentId);
  }
  const { search } = conversation;
  search.lastTryEndedAt = search.tried.size > 0 ? event.at : null;
  release(state, conversation, event.at);
  conversation.priority = event.priority;
  enterQueue(state, conversation);
  if (event.miss) countMiss(agent, event.at);
  const sameMoment = isFlagged(conversation) && timedOut;
  reindexAgent(state, agent, sameMoment);
  if (sameMoment) noteMoment(conversation, agent);
}

export function applyTransferFailed(state: RoutingState, event: RoutingEventOf<'conversation.transferFailed'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const sender = must(state.agents, event.agentId);
  sender.handingOver.delete(conversation.id);
  sender.active.add(conversation.id);
  conversation.search = newSearch();
  // Transferring it counted as attending, so no deadline for a first reply is left.
  setStage(state, conversation, { kind: 'active', agentId: sender.id, unattended: null });
  reindexAgent(state, sender);
}

export function applyConversationMissed(state: RoutingState, event: RoutingEventOf<'conversation.missed'>): void {
  const agent = must(state.agents, event.agentId);
  if (event.miss) countMiss(agent, event.at);
  changeUnattended(state, event.conversationId, { missed: true });
}

export function applyMessage(state: RoutingState, event: RoutingEventOf<'conversation.message'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const { stage } = conversation;
  const { unseenSince = null } = event;
  if (event.from === 'customer') {
    conversation.silence = null;
    conversation.unanswered ??= unansweredSince(event.at);
    if (stage.kind === 'assisted') conversation.stage = { ...stage, awaitedSince: stage.awaitedSince ?? event.at };
  } else {
    if (event.from === 'assistant' && stage.kind === 'assisted') conversation.stage = { ...stage, awaitedSince: null };
    // A customer whose words are still unanswered is not silent.
    conversation.silence = unseenSince === null ? { since: event.at, noticedAt: null } : null;
    conversation.unanswered = unseenSince === null ? null : unansweredSince(unseenSince);
  }
  // A message without `agentId` was written by the hub itself.
  if (event.from === 'agent' && event.agentId !== undefined) {
    const agent = must(state.agents, event.agentId);
    noteReceptionist(state, conversation.customerId, { agentId: agent.id, at: event.at });
    attend(conversation, agent);
  }
  armConversation(state, conversation);
}

function unansweredSince(since: number): Unanswered {
  return { since, agentToldAt: null, supervisorsTold: false };
}

export function applyOverdue(state: RoutingState, event: RoutingEventOf<'conversation.overdue'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const { unanswered } = conversation;
  if (!unanswered) throw new Error(`${conversation.id} has nothing to answer`);
  const told = event.to === 'agent' ? { agentToldAt: event.at } : { supervisorsTold: true };
  conversation.unanswered = { ...unanswered, ...told };
  armConversation(state, conversation);
}

/** The first reply in automatic reception attends the conversation (RD1). */
function attend(conversation: Conversation, agent: Agent): void {
  const { stage } = conversation;
  if (stage.kind !== 'active' || stage.agentId !== agent.id || !stage.unattended) return;
  conversation.stage = { ...stage, unattended: null };
  conversation.search = newSearch();
  noteAttended(agent);
}

/** LR1. Kept oldest first; entries older than the setting's maximum are dropped from the front now and then. */
function noteReceptionist(state: RoutingState, customerId: string, last: LastReceptionist): void {
  const known = state.lastReceptionists;
  known.delete(customerId);
  known.set(customerId, last);
  // What the customer has waiting, in other channels too, may now prefer another agent, or prefer them for longer.
  let open = state.openByCustomer.get(customerId) ?? null;
  for (; open; open = open.sibling) if (open.stage.kind === 'waiting') enterQueue(state, open);
  if (state.eventCount % FORGET_EVERY_EVENTS !== 0) return;
  const now = state.recordedAt ?? last.at;
  for (const [eachId, { at }] of known) {
    if (now - at <= RECEPTIONIST_KEPT_MS) break;
    known.delete(eachId);
  }
}

export function applyReceptionistsForgotten(
  state: RoutingState,
  { customerIds }: RoutingEventOf<'receptionists.forgotten'>,
): void {
  for (const customerId of customerIds) state.lastReceptionists.delete(customerId);
}

export function applyReceptionistRecalled(
  state: RoutingState,
  { customerId, receptionistId, wroteAt }: RoutingEventOf<'receptionist.recalled'>,
): void {
  noteReceptionist(state, customerId, { agentId: receptionistId, at: wroteAt });
}

export function applyClosed(state: RoutingState, event: RoutingEventOf<'conversation.closed'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const { customerId, channel, groupId, priority, enqueuedAt } = conversation;
  const holder = release(state, conversation, event.at);
  leaveQueue(conversation);
  leaveAssistant(state, conversation);
  disarmConversation(state, conversation);
  state.conversations.delete(conversation.id);
  noteClosed(state, conversation);
  const { by, agentId = null, at: closedAt } = event;
  const closed = { customerId, channel, groupId, priority, enqueuedAt, by, agentId, closedAt };
  state.closed.add(conversation.id, conversation.unanswered ? { ...closed, unanswered: true } : closed);
  if (holder) reindexAgent(state, holder);
}
