import { termsFor } from '../assign';
import { explainByHand, throttledUntil } from '../choose';
import { SECOND_MS } from '../deadlines';
import { emit, endOffer, type Run, startWrapUp } from '../effects';
import { must } from '../must';
import { type Agent, type Conversation, holderOf, loadOf, type Offer, type RoutingState, settingsFor } from '../state';
import type { CommandOf, Refusal, RefusalNow } from '../types';
import { acceptInto, agentFull, missingConversation, standing } from './conversation';
import { unknownAgent, unknownGroup } from './setup';
import { refuse } from './validate';

/** RD2: what happened to an offer that is no longer there. */
export function offerMissing(state: RoutingState, offerId: string): Refusal {
  const ended = state.endedOffers.get(offerId);
  if (!ended) return refuse('unknownOffer', `there is no offer ${offerId}`, { field: 'offerId' });
  const { conversationId, outcome } = ended;
  const now: RefusalNow = { offerId, outcome, conversationId };
  const conversation = state.conversations.get(conversationId);
  const closed = state.closed.get(conversationId);
  if (conversation) Object.assign(now, standing(conversation));
  else if (closed) {
    now.stage = 'closed';
    now.closedBy = closed.by;
    if (closed.agentId !== null) now.agentId = closed.agentId;
  }
  const how = now.stage === 'offered' ? 'rings at' : 'with';
  const holder = now.agentId === undefined ? '' : `; now ${how} ${now.agentId}`;
  return refuse('offerGone', `the offer is over (${outcome})${holder}`, { field: 'offerId', now });
}

function ownOffer(run: Run, agentId: string, offerId: string): Offer | Refusal {
  const { state } = run;
  if (!state.agents.has(agentId)) return unknownAgent(agentId);
  const offer = state.offers.get(offerId);
  if (!offer) return offerMissing(state, offerId);
  if (offer.agentId === agentId) return offer;
  return refuse('notYours', `the offer is for ${offer.agentId}`, { field: 'offerId', now: { agentId: offer.agentId } });
}

export function offerAccept(run: Run, command: CommandOf<'offer.accept'>): Refusal | null {
  const offer = ownOffer(run, command.agentId, command.offerId);
  if ('code' in offer) return offer;
  const agent = must(run.state.agents, offer.agentId);
  const conversation = must(run.state.conversations, offer.conversationId);
  acceptInto(run, agent, conversation, offer.id);
  return null;
}

export function offerDecline(run: Run, command: CommandOf<'offer.decline'>): Refusal | null {
  const offer = ownOffer(run, command.agentId, command.offerId);
  if ('code' in offer) return offer;
  endOffer(run, offer, 'declined', { reason: command.reason });
  return null;
}

export function conversationTransfer(run: Run, command: CommandOf<'conversation.transfer'>): Refusal | null {
  const { agentId, conversationId, to, note, force = false } = command;
  const { state } = run;
  const sender = state.agents.get(agentId);
  if (!sender) return unknownAgent(agentId);
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  const now = standing(conversation);
  if (holderOf(conversation) !== agentId) {
    return refuse('notYours', 'the conversation is not with this agent', { now });
  }
  if (conversation.stage.kind !== 'active') return refuse('conversationNotActive', 'it is being handed over', { now });
  if ('groupId' in to) return transferToGroup(run, sender, conversation, to.groupId, note);
  return transferToAgent(run, sender, conversation, to.agentId, note, force);
}

function transferToGroup(
  run: Run,
  sender: Agent,
  conversation: Conversation,
  groupId: string,
  note: string | undefined,
): Refusal | null {
  const group = run.state.groups.get(groupId);
  if (!group) return unknownGroup(groupId, 'to.groupId');
  startWrapUp(run, sender.id, conversation);
  const { id: conversationId, customerId, channel, priority, enqueuedAt, seq } = conversation;
  emit(run, 'conversation.queued', {
    conversationId,
    customerId,
    channel,
    groupId,
    priority,
    enqueuedAt,
    seq,
    reason: 'transferred',
    agentId: sender.id,
    ...(note === undefined ? {} : { note }),
    ...(group.online === 0 ? { nobodyOnline: true } : {}),
  });
  return null;
}

/** TR2: offers it to the target, even a busy one, with the redirect time as its deadline even if redirect is off. */
function transferToAgent(
  run: Run,
  sender: Agent,
  conversation: Conversation,
  targetId: string,
  note: string | undefined,
  force: boolean,
): Refusal | null {
  const { state, at } = run;
  const target = state.agents.get(targetId);
  if (!target) return refuse('unknownAgent', `there is no agent ${targetId}`, { field: 'to.agentId' });
  const refusal = targetRefusal(run, sender, conversation, target, force);
  if (refusal) return refusal;
  const settings = settingsFor(state, conversation.groupId);
  const deadline = at + settings.reception.redirect.afterSeconds * SECOND_MS;
  emit(run, 'offer.made', {
    offerId: `o${state.offerCount + 1}`,
    conversationId: conversation.id,
    agentId: target.id,
    kind: 'transfer',
    deadline,
    why: explainByHand('TR2', state.groups.get(conversation.groupId)),
    terms: termsFor(settings, at, deadline, false),
    fromAgentId: sender.id,
    ...(note === undefined ? {} : { note }),
  });
  return null;
}

function targetRefusal(
  run: Run,
  sender: Agent,
  conversation: Conversation,
  target: Agent,
  force: boolean,
): Refusal | null {
  const field = 'to.agentId';
  const now: RefusalNow = { agentId: target.id, status: target.status };
  if (target === sender) return refuse('alreadyYours', 'the conversation is already with this agent', { field, now });
  if (target.status !== 'online' && target.status !== 'busy') {
    return refuse('agentUnavailable', `${target.id} is ${target.status}`, { field, now });
  }
  if (!target.connected) return refuse('agentDisconnected', `${target.id} is not connected`, { field, now });
  const beyond = force || settingsFor(run.state, conversation.groupId).routing.transferBeyondCapacity;
  if (loadOf(target) >= target.capacity && !beyond) return { ...agentFull(target), field };
  if (throttledUntil(conversation, run.at) !== null) {
    return refuse('tooManyOffers', 'it was offered too often within a second', { now });
  }
  return null;
}
