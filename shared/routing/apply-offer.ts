import { armOffer, DECLINE_COOLING_MS, OFFERS_PER_SECOND_MAX } from './deadlines';
import { dueItem } from './due-heap';
import { enterQueue, reindexAgent, setStage } from './indexes';
import { must } from './must';
import {
  type Agent,
  type Conversation,
  type HandedOver,
  isFlagged,
  loadOf,
  type Offer,
  type Ringing,
  type RoutingState,
  withMark,
} from './state';
import type { RoutingEventOf } from './types';

/** SB2: several misses in the same instant are one. */
export function countMiss(agent: Agent, at: number): void {
  if (agent.lastMissAt !== at) agent.missedInARow += 1;
  agent.lastMissAt = at;
}

/** LR4: the last receptionist had it and did not take it, so it goes on without them. */
export function dropMissedPreference(state: RoutingState, conversation: Conversation, agentId: string): void {
  if (state.lastReceptionists.get(conversation.customerId)?.agentId === agentId) conversation.preferenceHold = 'over';
}

/** RD4: a flagged one is offered once per moment of an agent; one during which it rang at them does not come again. */
export function noteMoment({ search: { flag } }: Conversation, agent: Agent): void {
  if (flag) flag.offeredAtMoment = withMark(flag.offeredAtMoment, agent.id, agent.moment);
}

/** What an offer and an automatic assignment have in common for the rounds, CH1, RD4 and I12. */
export function noteTry(conversation: Conversation, agent: Agent, at: number, routed: boolean): void {
  const { search, offerTimes } = conversation;
  // For a flagged one each moment is a round of its own (RD4), and a transfer is no try of a round (I9).
  const counted = routed && !search.flag ? (search.tried.get(agent.id) ?? 0) : 0;
  search.tried = withMark(search.tried, agent.id, counted + 1);
  noteMoment(conversation, agent);
  offerTimes.push(at);
  if (offerTimes.length > OFFERS_PER_SECOND_MAX + 1) offerTimes.shift();
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
  const stage = offer.kind === 'transfer' ? handOver(state, conversation, offer) : ring(state, conversation, offer);
  noteTry(conversation, agent, event.at, offer.kind === 'routed');
  agent.offers.add(offer.id);
  if (offer.kind === 'transfer') agent.excusedLoad = Math.max(agent.excusedLoad, loadOf(agent));
  setStage(state, conversation, stage);
  reindexAgent(state, agent);
  armOffer(state, offer);
}

function ring(state: RoutingState, { groupId }: Conversation, offer: Offer): Ringing {
  return { kind: 'offered', offer, place: must(state.groups, groupId).ringing };
}

/** TR2: the sender's slot stays used while it rings. */
function handOver(state: RoutingState, { id, stage }: Conversation, offer: Offer): HandedOver {
  if (stage.kind !== 'active') throw new Error(`${id} is handed over by nobody`);
  const sender = must(state.agents, stage.agentId);
  sender.active.delete(id);
  sender.handingOver.add(id);
  reindexAgent(state, sender);
  return { kind: 'handedOver', offer, unattended: stage.unattended };
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
  const agent = must(state.agents, event.agentId);
  const { search } = conversation;
  forgetOffer(state, offer, event);
  agent.offers.delete(offer.id);
  // The assignment that follows gives the slot on without a gap, so that the agent never seems able in between.
  if (event.outcome === 'accepted') return;
  const unattended = event.outcome === 'timedOut' || event.outcome === 'declined';
  // RD6. A transfer's too: its sender may be gone; when it goes back to them the mark ends with the search.
  if (event.outcome === 'declined') {
    search.cooling = withMark(search.cooling, event.agentId, event.at + DECLINE_COOLING_MS);
  }
  // Where a transfer goes the next event says.
  if (offer.kind === 'routed') {
    search.lastTryEndedAt = event.at;
    if (unattended) {
      if (offer.terms.counts) search.failedTries += 1;
      dropMissedPreference(state, conversation, event.agentId);
    }
    enterQueue(state, conversation);
  }
  if (event.miss) countMiss(agent, event.at);
  // Free again for not having attended a flagged one is no new moment, or flagged ones would ring in turns (RD4).
  const sameMoment = isFlagged(conversation) && unattended;
  reindexAgent(state, agent, sameMoment);
  if (sameMoment) noteMoment(conversation, agent);
}

export function applyOfferMissed(state: RoutingState, event: RoutingEventOf<'offer.missed'>): void {
  const offer = must(state.offers, event.offerId);
  offer.missed = true;
  const agent = must(state.agents, event.agentId);
  if (event.miss) countMiss(agent, event.at);
  armOffer(state, offer);
}
