import { armOffer, DECLINE_COOLING_MS, OFFERS_PER_SECOND_MAX } from './deadlines';
import { dueItem } from './due-heap';
import { placeConversation, reindexAgent } from './indexes';
import { must } from './must';
import { type Agent, type Conversation, loadOf, type Offer, type RoutingState, withMark } from './state';
import type { RoutingEventOf } from './types';

/** SB2: several misses in the same instant are one. */
export function countMiss(agent: Agent, at: number): void {
  if (agent.lastMissAt !== at) agent.missedInARow += 1;
  agent.lastMissAt = at;
}

/** LR4: the last receptionist had it and did not take it, so it goes on without them. */
export function dropMissedPreference(state: RoutingState, conversation: Conversation, agentId: string): void {
  if (state.lastReceptionists.get(conversation.customerId)?.agentId === agentId) conversation.preferenceDropped = true;
}

/** RD4: once per moment of an agent; one during which it rang at them does not come again. */
export function noteMoment(conversation: Conversation, agent: Agent): void {
  conversation.offeredAtMoment = withMark(conversation.offeredAtMoment, agent.id, agent.moment);
}

/** What an offer and an automatic assignment have in common for the rounds, CH1, RD4 and I12. */
export function noteTry(conversation: Conversation, agent: Agent, at: number, routed: boolean): void {
  // For a flagged one each moment is a round of its own (RD4), and a transfer is no try of a round (I9).
  const counted = routed && !conversation.flagged ? (conversation.tried.get(agent.id) ?? 0) : 0;
  conversation.tried = withMark(conversation.tried, agent.id, counted + 1);
  if (conversation.flagged) noteMoment(conversation, agent);
  conversation.offerTimes.push(at);
  if (conversation.offerTimes.length > OFFERS_PER_SECOND_MAX + 1) conversation.offerTimes.shift();
  agent.givenAt = at;
}

export function applyOfferMade(state: RoutingState, event: RoutingEventOf<'offer.made'>): void {
  const conversation = must(state.conversations, event.conversationId);
  const agent = must(state.agents, event.agentId);
  state.offerCount += 1;
  const offer: Offer = {
    id: event.offerId,
    number: state.offerCount,
    conversationId: conversation.id,
    agentId: agent.id,
    kind: event.kind,
    madeAt: event.at,
    deadline: event.deadline,
    why: event.why,
    terms: event.terms,
    fromAgentId: event.fromAgentId ?? null,
    note: event.note ?? null,
    missed: false,
    due: dueItem(0, state.offerCount, event.offerId),
  };
  state.offers.set(offer.id, offer);
  if (offer.kind === 'transfer') {
    const sender = must(state.agents, conversation.agentId);
    conversation.fromAgentId = conversation.agentId;
    conversation.agentId = null;
    sender.active.delete(conversation.id);
    sender.handingOver.add(conversation.id);
    reindexAgent(state, sender);
  }
  conversation.stage = 'offered';
  conversation.offerId = offer.id;
  noteTry(conversation, agent, event.at, offer.kind === 'routed');
  agent.offers.add(offer.id);
  if (offer.kind === 'transfer') agent.excusedLoad = Math.max(agent.excusedLoad, loadOf(agent));
  placeConversation(state, conversation);
  reindexAgent(state, agent);
  armOffer(state, offer);
}

function forgetOffer(state: RoutingState, offer: Offer, event: RoutingEventOf<'offer.ended'>): void {
  state.offers.delete(offer.id);
  state.deadlines.set(offer.due, null);
  const { conversationId, agentId, outcome, at } = event;
  state.endedOffers.add(offer.id, { conversationId, agentId, outcome, endedAt: at });
}

export function applyOfferEnded(state: RoutingState, event: RoutingEventOf<'offer.ended'>): void {
  const offer = must(state.offers, event.offerId);
  const conversation = must(state.conversations, event.conversationId);
  forgetOffer(state, offer, event);
  conversation.offerId = null;
  const agent = must(state.agents, event.agentId);
  agent.offers.delete(offer.id);
  const unattended = event.outcome === 'timedOut' || event.outcome === 'declined';
  // RD6. A transfer's too: its sender may be gone; when it goes back to them the mark ends with the search.
  if (event.outcome === 'declined') {
    conversation.cooling = withMark(conversation.cooling, event.agentId, event.at + DECLINE_COOLING_MS);
  }
  if (event.outcome === 'accepted') {
    acceptOffer(state, conversation, offer, event.at);
  } else if (offer.kind === 'routed') {
    conversation.stage = 'waiting';
    conversation.lastTryEndedAt = event.at;
    if (unattended) {
      if (offer.terms.counts) conversation.failedTries += 1;
      dropMissedPreference(state, conversation, event.agentId);
    }
    placeConversation(state, conversation);
  }
  // The assignment that follows brings agent and conversation up to date.
  if (event.outcome === 'accepted') return;
  if (event.miss) countMiss(agent, event.at);
  // Free again for not having attended a flagged one is no new moment, or flagged ones would ring in turns (RD4).
  reindexAgent(state, agent, conversation.flagged && unattended);
  if (conversation.flagged && unattended) noteMoment(conversation, agent);
}

/** The slot goes from the offer to the conversation without a gap, so nobody seems able in between. */
function acceptOffer(state: RoutingState, conversation: Conversation, offer: Offer, at: number): void {
  must(state.agents, offer.agentId).active.add(conversation.id);
  conversation.stage = 'active';
  conversation.agentId = offer.agentId;
  const senderId = conversation.fromAgentId;
  conversation.fromAgentId = null;
  // A sender who was removed meanwhile is none any more.
  if (senderId !== null) {
    const sender = must(state.agents, senderId);
    sender.handingOver.delete(conversation.id);
    sender.givenAt = at;
    reindexAgent(state, sender);
  }
}

export function applyOfferMissed(state: RoutingState, event: RoutingEventOf<'offer.missed'>): void {
  const offer = must(state.offers, event.offerId);
  offer.missed = true;
  const agent = must(state.agents, event.agentId);
  if (event.miss) countMiss(agent, event.at);
  armOffer(state, offer);
}
