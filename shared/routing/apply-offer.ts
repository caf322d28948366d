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

/** SB2: several misses in the same instant count as one. */
export function countMiss(agent: Agent, at: number): void {
  if (agent.lastMissAt !== at) agent.missedInARow += 1;
  agent.lastMissAt = at;
}

/** LR4: the last receptionist missed or declined it, so they are no longer preferred. */
export function dropMissedPreference(state: RoutingState, conversation: Conversation, agentId: string): void {
  if (state.lastReceptionists.get(conversation.customerId)?.agentId === agentId) conversation.preferenceHold = 'over';
}

/** RD4: a flagged conversation is offered to an agent only once for each time they become able. */
export function noteMoment({ search: { flag } }: Conversation, agent: Agent): void {
  if (flag) flag.offeredAtMoment = withMark(flag.offeredAtMoment, agent.id, agent.moment);
}

/** Counts an offer or automatic assignment for rounds (I9), CH1, RD4 and I12. */
export function noteTry(conversation: Conversation, agent: Agent, at: number, routed: boolean): void {
  const { search, offerTimes } = conversation;
  // A flagged conversation has no rounds (RD4), and a transfer is not a try in a round (I9).
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

/** TR2: the sender's slot stays in use while it rings. */
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
  // Not reindexed: the assignment that follows uses the same slot, and the agent must not seem able in between.
  if (event.outcome === 'accepted') return;
  const unattended = event.outcome === 'timedOut' || event.outcome === 'declined';
  // RD6. For transfers too, as the sender may be gone; if it goes back to the sender, the new search drops the mark.
  if (event.outcome === 'declined') {
    search.cooling = withMark(search.cooling, event.agentId, event.at + DECLINE_COOLING_MS);
  }
  // The event after this one says where a transfer goes.
  if (offer.kind === 'routed') {
    search.lastTryEndedAt = event.at;
    if (unattended) {
      if (offer.terms.counts) search.failedTries += 1;
      dropMissedPreference(state, conversation, event.agentId);
    }
    enterQueue(state, conversation);
  }
  if (event.miss) countMiss(agent, event.at);
  // RD4: getting room by not attending a flagged one does not count as becoming able, or flagged ones would take turns.
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
