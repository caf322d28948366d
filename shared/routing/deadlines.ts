import { type Agent, type Conversation, type Offer, type RoutingState, settingsFor } from './state';

/*
 * Deadlines are worked out from what happened and the settings of now ("everything else applies at once", SE1),
 * but for those an offer or an automatic assignment was made with. Each function gives null for "not running".
 */

export const SECOND_MS = 1_000;
export const DAY_MS = 86_400_000;
/** AR2. */
export const ACK_WITHIN_MS = 5 * SECOND_MS;
/** AR4. */
export const FILL_EVERY_MS = 500;
/** RD6. */
export const DECLINE_COOLING_MS = 10 * SECOND_MS;
/** I12. */
export const OFFERS_PER_SECOND_MAX = 10;

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a <= b ? a : b;
}

export function offerMissAt(offer: Offer): number | null {
  return offer.missed ? null : offer.terms.missAt;
}

export function offerGraceEndsAt(state: RoutingState, agent: Agent): number | null {
  if (agent.connected || agent.offers.size === 0) return null;
  return agent.goneAt + state.settings.presence.offerGraceSeconds * SECOND_MS;
}

export function conversationGraceEndsAt(state: RoutingState, agent: Agent): number | null {
  if (agent.connected || (agent.status === 'offline' && agent.active.size === 0)) return null;
  return agent.goneAt + state.settings.presence.conversationGraceSeconds * SECOND_MS;
}

/** SB4, for an automatic break; a restart or a lost line sets nobody online, so it waits for the connection (ST3). */
export function breakEndsAt(state: RoutingState, agent: Agent): number | null {
  if (agent.status !== 'shortBreak' || agent.cause !== 'timeout' || !agent.connected) return null;
  const endAfter = settingsFor(state, agent.breakGroupId ?? '').reception.shortBreak.endAfterSeconds;
  return endAfter > 0 ? agent.statusSince + endAfter * SECOND_MS : null;
}

export function wrapUpEndsAt(state: RoutingState, wrapUp: { startedAt: number; groupId: string }): number {
  return wrapUp.startedAt + settingsFor(state, wrapUp.groupId).wrapUpSeconds * SECOND_MS;
}

export function roundStartsAt(state: RoutingState, conversation: Conversation): number | null {
  if (conversation.flagged || conversation.tried.size === 0 || conversation.lastTryEndedAt === null) return null;
  return conversation.lastTryEndedAt + settingsFor(state, conversation.groupId).reception.roundPauseSeconds * SECOND_MS;
}

export function holdEndsAt(state: RoutingState, conversation: Conversation): number | null {
  if (conversation.holdStartedAt === null || conversation.holdOver) return null;
  return conversation.holdStartedAt + settingsFor(state, conversation.groupId).routing.priorityHoldSeconds * SECOND_MS;
}

export function preferenceHoldEndsAt(state: RoutingState, conversation: Conversation): number | null {
  if (conversation.preferenceHoldStartedAt === null || conversation.preferenceDropped) return null;
  const { lastReceptionistHoldSeconds, lastReceptionistDays } = settingsFor(state, conversation.groupId).routing;
  const holdEndsAt = conversation.preferenceHoldStartedAt + lastReceptionistHoldSeconds * SECOND_MS;
  const last = state.lastReceptionists.get(conversation.customerId);
  // LR1: it may be too long ago before that.
  return last ? Math.min(holdEndsAt, last.at + lastReceptionistDays * DAY_MS + 1) : holdEndsAt;
}

/** TR4: the notice first, the end after as long again. */
export function silenceDueAt(state: RoutingState, conversation: Conversation): number | null {
  if (conversation.silentSince === null) return null;
  const silence = settingsFor(state, conversation.groupId).customerSilenceSeconds;
  return silence > 0 ? (conversation.silenceNoticedAt ?? conversation.silentSince) + silence * SECOND_MS : null;
}

export function unansweredMissAt(conversation: Conversation): number | null {
  if (conversation.attended || conversation.missed || !conversation.terms) return null;
  return conversation.terms.missAt;
}

export function armOffer(state: RoutingState, offer: Offer): void {
  state.deadlines.set(offer.due, earlier(offer.deadline, offerMissAt(offer)));
}

export function armAgent(state: RoutingState, agent: Agent): void {
  let at = agent.pacedUntil;
  if (!agent.connected) {
    at = earlier(at, offerGraceEndsAt(state, agent));
    at = earlier(at, conversationGraceEndsAt(state, agent));
  } else if (agent.status === 'shortBreak') {
    at = earlier(at, breakEndsAt(state, agent));
  }
  for (const wrapUp of agent.wrapUps.values()) at = earlier(at, wrapUpEndsAt(state, wrapUp));
  state.deadlines.set(agent.due, at);
}

export function armConversation(state: RoutingState, conversation: Conversation): void {
  let at: number | null = null;
  let waitLimitAt: number | null = null;
  if (conversation.stage === 'waiting') {
    at = earlier(conversation.throttledUntil, roundStartsAt(state, conversation));
    at = earlier(at, holdEndsAt(state, conversation));
    at = earlier(at, preferenceHoldEndsAt(state, conversation));
    for (const until of conversation.cooling.values()) at = earlier(at, until);
    const { maxWaitSeconds } = settingsFor(state, conversation.groupId).queue;
    if (maxWaitSeconds > 0) waitLimitAt = conversation.waitFrom + maxWaitSeconds * SECOND_MS;
  } else if (conversation.stage === 'active') {
    at = earlier(conversation.ackBy, conversation.attendBy);
    at = earlier(at, unansweredMissAt(conversation));
    at = earlier(at, silenceDueAt(state, conversation));
  }
  state.deadlines.set(conversation.due, at);
  state.waitLimits.set(conversation.waitDue, waitLimitAt);
}

export function nextDeadline(state: RoutingState): number | null {
  return earlier(state.deadlines.first()?.at ?? null, state.waitLimits.first()?.at ?? null);
}
