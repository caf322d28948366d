import { explainByHand } from '../choose';
import { MINUTE_MS } from '../deadlines';
import { closeConversation, emit, type Run, startWrapUp, switchToPeople } from '../effects';
import { must } from '../must';
import {
  type Agent,
  assistantFor,
  assistantOf,
  type ClosedConversation,
  type Conversation,
  type Group,
  holderOf,
  isFlagged,
  loadOf,
  offerOf,
  openOf,
  type RoutingState,
  stageName,
  unattendedOf,
} from '../state';
import type { CommandOf, Refusal, RefusalNow, RoutingEventOf } from '../types';
import { unknownAgent, unknownAssistant, unknownGroup } from './setup';
import { refuse } from './validate';

const PRIORITY_DEFAULT = 5;
const CHANNEL_DEFAULT = 'web';

/** TR3 and SE3: refused as closed while the core remembers it, later as unknown. */
export function missingConversation(state: RoutingState, conversationId: string): Refusal {
  const closed = state.closed.get(conversationId);
  const field = 'conversationId';
  if (!closed) return refuse('unknownConversation', `there is no conversation ${conversationId}`, { field });
  const now: RefusalNow = { stage: 'closed', conversationId, closedBy: closed.by };
  if (closed.agentId !== null) now.agentId = closed.agentId;
  return refuse('conversationClosed', 'the conversation is closed', { field, now });
}

/** A conversation's present state, for the refusal of a command that came too late. */
export function standing(conversation: Conversation): RefusalNow {
  const now: RefusalNow = { stage: stageName(conversation), conversationId: conversation.id };
  const agentId = offerOf(conversation)?.agentId ?? holderOf(conversation);
  if (agentId !== null) now.agentId = agentId;
  return now;
}

export function conversationOpen(run: Run, command: CommandOf<'conversation.open'>): Refusal | null {
  const { conversationId, customerId, groupId, channel = CHANNEL_DEFAULT, agentId } = command;
  const { state } = run;
  const open = openOf(state, customerId, channel);
  if (open && agentId !== undefined) return alreadyOpen(open);
  if (open) {
    const place = { conversationId: open.id, customerId, channel, requestedId: conversationId };
    emit(run, 'conversation.attached', place);
    return null;
  }
  if (state.closed.has(conversationId)) return missingConversation(state, conversationId);
  if (state.conversations.has(conversationId)) {
    return refuse('conversationExists', 'another customer has a conversation of this id', { field: 'conversationId' });
  }
  const group = state.groups.get(groupId);
  if (!group) return unknownGroup(groupId);
  const refusal = agentId === undefined ? closedRefusal(group) : beginRefusal(state, agentId, group);
  if (refusal) return refusal;
  const { priority = PRIORITY_DEFAULT } = command;
  const arrival = { conversationId, customerId, channel, priority };
  const assistant = agentId === undefined ? assistantFor(group) : null;
  if (assistant) {
    const place = { groupId, enqueuedAt: run.at, seq: state.seqCount + 1 };
    emit(run, 'conversation.assisted', { ...arrival, ...place, assistantId: assistant.id });
    return null;
  }
  enqueue(run, group, { ...arrival, reason: 'opened' });
  if (agentId !== undefined) assignByHand(run, conversationId, agentId, group);
  return null;
}

/** RO1. Remembered after its end for as long as `closed` lasts; its customer has `reopenMinutes`, an agent no limit. */
export function conversationReopen(run: Run, command: CommandOf<'conversation.reopen'>): Refusal | null {
  const { conversationId, agentId } = command;
  const { state, at } = run;
  const closed = state.closed.get(conversationId);
  const open = state.conversations.get(conversationId) ?? (closed && openOf(state, closed.customerId, closed.channel));
  if (open) return alreadyOpen(open);
  if (!closed) return missingConversation(state, conversationId);
  const group = state.groups.get(closed.groupId);
  if (!group) return unknownGroup(closed.groupId);
  const isTooLate = at >= closed.closedAt + group.settings.reopenMinutes * MINUTE_MS;
  if (agentId === undefined && isTooLate) return missingConversation(state, conversationId);
  const refusal =
    agentId === undefined ? closedRefusal(group) : beginRefusal(state, agentId, group, { conversationId, closed });
  if (refusal) return refusal;
  const { customerId, channel } = closed;
  enqueue(run, group, { conversationId, customerId, channel, priority: PRIORITY_DEFAULT, reason: 'reopened' });
  if (agentId !== undefined) assignByHand(run, conversationId, agentId, group);
  return null;
}

function alreadyOpen(open: Conversation): Refusal {
  return refuse('conversationExists', 'the customer has an open conversation', { now: standing(open) });
}

/** HR1 */
function closedRefusal(group: Group): Refusal | null {
  return group.open ? null : refuse('groupClosed', 'outside working hours', { field: 'groupId' });
}

/** TR5 and CP2, as for a claim; one who had the conversation at its end need not be in its group. */
function beginRefusal(
  state: RoutingState,
  agentId: string,
  group: Group,
  ended?: { conversationId: string; closed: ClosedConversation },
): Refusal | null {
  const agent = state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  if (!agent.connected) return refuse('agentDisconnected', 'the agent has no workstation', { field: 'agentId' });
  if (!group.members.has(agentId) && ended?.closed.agentId !== agentId) {
    return refuse('notAMember', 'the agent is not in its group', { field: 'agentId' });
  }
  // The slot of its own wrap-up is the one it takes.
  const load = loadOf(agent) - (ended && agent.wrapUps.has(ended.conversationId) ? 1 : 0);
  return load >= agent.capacity && !group.settings.routing.claimBeyondCapacity ? agentFull(agent) : null;
}

type Arrival = Pick<
  RoutingEventOf<'conversation.queued'>,
  'conversationId' | 'customerId' | 'channel' | 'priority' | 'reason'
>;

/** A new place, at the end of the queue. */
function enqueue(run: Run, group: Group, arrival: Arrival): void {
  emit(run, 'conversation.queued', {
    ...arrival,
    groupId: group.id,
    enqueuedAt: run.at,
    seq: run.state.seqCount + 1,
    ...(group.online === 0 ? { nobodyOnline: true } : {}),
  });
}

function assignByHand(run: Run, conversationId: string, agentId: string, group: Group): void {
  const why = explainByHand('TR1', group);
  emit(run, 'conversation.assigned', { conversationId, agentId, how: 'claimed', groupId: group.id, why });
}

export function conversationLeave(run: Run, command: CommandOf<'conversation.leave'>): Refusal | null {
  const conversation = run.state.conversations.get(command.conversationId);
  if (!conversation) return missingConversation(run.state, command.conversationId);
  closeConversation(run, conversation, { by: 'customer', reason: 'left' });
  return null;
}

export function conversationClose(run: Run, command: CommandOf<'conversation.close'>): Refusal | null {
  const { conversationId, by, agentId } = command;
  const { state } = run;
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  if (by !== 'agent') {
    closeConversation(run, conversation, { by, reason: by === 'customer' ? 'left' : 'ended' });
    return null;
  }
  if (agentId !== undefined && !state.agents.has(agentId)) return unknownAgent(agentId);
  const holderId = holderOf(conversation);
  if (agentId !== undefined && holderId !== null && holderId !== agentId) {
    return refuse('notYours', `${holderId} has this conversation`, { now: standing(conversation) });
  }
  const closedByAgentId = agentId ?? holderId;
  const who = closedByAgentId === null ? {} : { closedByAgentId };
  closeConversation(run, conversation, { by, reason: 'ended', ...who });
  return null;
}

/** Whether it is active with this agent. */
function isWith({ stage }: Conversation, agentId: string): boolean {
  return stage.kind === 'active' && stage.agentId === agentId;
}

export function conversationAck(run: Run, command: CommandOf<'conversation.ack'>): Refusal | null {
  const { agentId, conversationId } = command;
  const { state } = run;
  if (!state.agents.has(agentId)) return unknownAgent(agentId);
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  if (!isWith(conversation, agentId)) {
    return refuse('notYours', 'the conversation is not with this agent', { now: standing(conversation) });
  }
  if (unattendedOf(conversation)?.ackBy != null) emit(run, 'conversation.acknowledged', { conversationId, agentId });
  return null;
}

/** LR1, RD1, TR4, UN1. Only the agent who has the conversation, or is handing it over, may write to the customer. */
export function messageSent(run: Run, command: CommandOf<'message.sent'>): Refusal | null {
  const { conversationId, from, unseenSince } = command;
  const { state } = run;
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  if (from === 'customer') {
    emit(run, 'conversation.message', { conversationId, from });
    return null;
  }
  if (from === 'assistant') return assistantSaid(run, conversation, command.assistantId);
  const holderId = holderOf(conversation);
  const agentId = command.agentId ?? holderId;
  if (agentId !== null && !state.agents.has(agentId)) return unknownAgent(agentId);
  if (agentId === null || agentId !== holderId) {
    return refuse('notYours', 'the conversation is not with this agent', { now: standing(conversation) });
  }
  const unseen = unseenSince === undefined ? {} : { unseenSince };
  emit(run, 'conversation.message', { conversationId, from, agentId, ...unseen });
  return null;
}

/** BO1: only while the conversation is with it. */
function assistantSaid(run: Run, conversation: Conversation, assistantId: string | undefined): Refusal | null {
  if (assistantId !== undefined && !run.state.assistants.has(assistantId)) return unknownAssistant(assistantId);
  const withId = assistantOf(conversation);
  if (withId === null || withId !== (assistantId ?? withId)) {
    return refuse('notAssisted', 'the conversation is not with this assistant', { now: standing(conversation) });
  }
  if (!must(run.state.assistants, withId).connected) {
    return refuse('assistantDisconnected', 'the assistant has no line', { field: 'assistantId' });
  }
  emit(run, 'conversation.message', { conversationId: conversation.id, from: 'assistant', assistantId: withId });
  return null;
}

export function conversationClaim(run: Run, command: CommandOf<'conversation.claim'>): Refusal | null {
  const { agentId, conversationId, force = false } = command;
  const { state } = run;
  const agent = state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  const offer = offerOf(conversation);
  const refusal = claimRefusal(run, agent, conversation, offer?.agentId ?? null, force);
  if (refusal) return refusal;
  const why = explainByHand('TR1', state.groups.get(conversation.groupId));
  const fromAgentId = holderOf(conversation);
  if (offer?.agentId === agentId) {
    // It rings at this agent: claiming is accepting.
    acceptInto(run, agent, conversation, offer.id);
    return null;
  }
  if (fromAgentId !== null && fromAgentId !== agentId) startWrapUp(run, fromAgentId, conversation);
  // BO4: first to people, where its place is from that moment on.
  if (assistantOf(conversation) !== null) switchToPeople(run, conversation, 'claimed');
  if (offer) {
    const ended = { offerId: offer.id, conversationId, agentId: offer.agentId };
    emit(run, 'offer.ended', { ...ended, outcome: 'withdrawn', miss: false, reason: 'claimed' });
  }
  const from = fromAgentId === null || fromAgentId === agentId ? {} : { fromAgentId };
  const { groupId } = conversation;
  emit(run, 'conversation.assigned', { conversationId, agentId, how: 'claimed', groupId, why, ...from });
  return null;
}

/** TR1 and CP2; null: the claim holds. */
function claimRefusal(
  run: Run,
  agent: Agent,
  conversation: Conversation,
  ringingAt: string | null,
  force: boolean,
): Refusal | null {
  const { state } = run;
  const now = standing(conversation);
  const { stage } = conversation;
  const flagged = isFlagged(conversation);
  if (isWith(conversation, agent.id)) {
    return refuse('alreadyYours', 'the conversation is already with this agent', { now });
  }
  if (!agent.connected) return refuse('agentDisconnected', 'the agent has no workstation', { field: 'agentId' });
  if (ringingAt === agent.id || force) return null;
  if (stage.kind === 'active' && !flagged) {
    return refuse('alreadyTaken', `${stage.agentId} has this conversation`, { now });
  }
  const group = state.groups.get(conversation.groupId);
  if (!group?.members.has(agent.id)) return refuse('notAMember', 'the agent is not in its group', { now });
  if (ringingAt !== null) return refuse('notAllowed', `it rings at ${ringingAt}`, { now });
  const routing = group.settings.routing;
  if (!routing.agentsMayClaim && !flagged) {
    return refuse('notAllowed', 'agents may not claim what waits', { now });
  }
  if (loadOf(agent) >= agent.capacity && !routing.claimBeyondCapacity) return agentFull(agent);
  return null;
}

export function agentFull(agent: Agent): Refusal {
  return refuse('agentFull', `${agent.id} has all they can take`, { now: { agentId: agent.id, status: agent.status } });
}

/** Accepts an offer; for a transfer also changes its group and starts the sender's wrap-up (TR2). */
export function acceptInto(run: Run, agent: Agent, conversation: Conversation, offerId: string): void {
  const { state } = run;
  const offer = must(state.offers, offerId);
  const conversationId = conversation.id;
  const agentId = agent.id;
  const fromAgentId = offer.fromAgentId;
  let { groupId } = conversation;
  if (offer.kind === 'transfer') {
    startWrapUp(run, fromAgentId, conversation);
    const firstGroup = agent.members.keys().next();
    if (!agent.members.has(groupId) && !firstGroup.done) groupId = firstGroup.value;
  }
  emit(run, 'offer.ended', { offerId, conversationId, agentId, outcome: 'accepted', miss: false });
  emit(run, 'conversation.assigned', {
    conversationId,
    agentId,
    how: offer.kind === 'transfer' ? 'transferred' : 'accepted',
    groupId,
    why: offer.why,
    offerId,
    ...(fromAgentId === null ? {} : { fromAgentId }),
  });
}
