import {
  type Active,
  type Agent,
  type Assisted,
  type Conversation,
  heldSince,
  type Offer,
  type RoutingState,
  settingsFor,
  type Unattended,
} from './state';

/*
 * Deadlines are computed from recorded times and the present settings, so that a change applies at once (SE1); only an
 * offer or automatic assignment keeps the settings it was made with. Each function returns null if nothing is running.
 */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** AR2. */
export const ACK_WITHIN_MS = 5 * SECOND_MS;
/** AR4. */
export const FILL_EVERY_MS = 500;
/** RD6. */
export const DECLINE_COOLING_MS = 10 * SECOND_MS;
/** BO5. */
const ASSISTED_SILENCE_MS = 30 * MINUTE_MS;
/** I12. */
export const OFFERS_PER_SECOND_MAX = 10;

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a <= b ? a : b;
}

function offerMissAt(offer: Offer): number | null {
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

/** SB4, for an automatic break. Null without a connection: a disconnected agent must not be set online (ST3). */
export function breakEndsAt(state: RoutingState, agent: Agent): number | null {
  if (agent.status !== 'shortBreak' || agent.cause !== 'timeout' || !agent.connected) return null;
  const endAfter = settingsFor(state, agent.breakGroupId ?? '').reception.shortBreak.endAfterSeconds;
  return endAfter > 0 ? agent.statusSince + endAfter * SECOND_MS : null;
}

export function wrapUpEndsAt(state: RoutingState, wrapUp: { startedAt: number; groupId: string }): number {
  return wrapUp.startedAt + settingsFor(state, wrapUp.groupId).wrapUpSeconds * SECOND_MS;
}

export function roundStartsAt(state: RoutingState, conversation: Conversation): number | null {
  const { flag, tried, lastTryEndedAt } = conversation.search;
  if (flag || tried.size === 0 || lastTryEndedAt === null) return null;
  return lastTryEndedAt + settingsFor(state, conversation.groupId).reception.roundPauseSeconds * SECOND_MS;
}

export function holdEndsAt(state: RoutingState, conversation: Conversation): number | null {
  const since = heldSince(conversation.priorityHold);
  if (since === null) return null;
  return since + settingsFor(state, conversation.groupId).routing.priorityHoldSeconds * SECOND_MS;
}

export function preferenceHoldEndsAt(state: RoutingState, conversation: Conversation): number | null {
  const since = heldSince(conversation.preferenceHold);
  if (since === null) return null;
  const { lastReceptionistHoldSeconds, lastReceptionistDays } = settingsFor(state, conversation.groupId).routing;
  const holdEndsAt = since + lastReceptionistHoldSeconds * SECOND_MS;
  const last = state.lastReceptionists.get(conversation.customerId);
  // LR1: it may be too long ago before that.
  return last ? Math.min(holdEndsAt, last.at + lastReceptionistDays * DAY_MS + 1) : holdEndsAt;
}

/** BO3: when the assistant is passed by. */
export function passByAt(state: RoutingState, { groupId }: Conversation, { awaitedSince }: Assisted): number | null {
  if (awaitedSince === null) return null;
  return awaitedSince + settingsFor(state, groupId).assistant.answerWithinSeconds * SECOND_MS;
}

/**
 * UN1: the agent is told first, the supervisors a minute later; at once, if nobody has the conversation. An assistant is
 * passed by instead (BO3).
 */
export function overdueAt(state: RoutingState, conversation: Conversation): number | null {
  const { unanswered, stage } = conversation;
  if (stage.kind === 'assisted') return null;
  const { alertMinutes } = settingsFor(state, conversation.groupId).unanswered;
  if (!unanswered || unanswered.supervisorsTold || alertMinutes === 0) return null;
  const dueAt = unanswered.since + alertMinutes * MINUTE_MS;
  // The limit may have been raised since the agent was told.
  return unanswered.agentToldAt === null ? dueAt : Math.max(dueAt, unanswered.agentToldAt + MINUTE_MS);
}

/** TR4: first the notice, then, after the same time again, the end. With an assistant it is never off (BO5). */
export function silenceDueAt(state: RoutingState, conversation: Conversation): number | null {
  const { silence, stage } = conversation;
  const set = settingsFor(state, conversation.groupId).customerSilenceSeconds * SECOND_MS;
  const limitMs = set === 0 && stage.kind === 'assisted' ? ASSISTED_SILENCE_MS : set;
  if (!silence || limitMs === 0) return null;
  return (silence.noticedAt ?? silence.since) + limitMs;
}

export function unansweredMissAt({ missed, terms }: Unattended): number | null {
  return missed ? null : terms.missAt;
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
  const isWaiting = conversation.stage.kind === 'waiting';
  const at = stageDueAt(state, conversation);
  state.deadlines.set(conversation.due, earlier(at, overdueAt(state, conversation)));
  state.waitLimits.set(conversation.waitDue, isWaiting ? waitLimitAt(state, conversation) : null);
}

function stageDueAt(state: RoutingState, conversation: Conversation): number | null {
  const { stage } = conversation;
  switch (stage.kind) {
    case 'assisted':
      return earlier(passByAt(state, conversation, stage), silenceDueAt(state, conversation));
    case 'waiting':
      return waitingDueAt(state, conversation);
    case 'active':
      return activeDueAt(state, conversation, stage);
    default:
      return null;
  }
}

function waitingDueAt(state: RoutingState, conversation: Conversation): number | null {
  const { throttledUntil, cooling } = conversation.search;
  let at = earlier(throttledUntil, roundStartsAt(state, conversation));
  at = earlier(at, holdEndsAt(state, conversation));
  at = earlier(at, preferenceHoldEndsAt(state, conversation));
  for (const until of cooling.values()) at = earlier(at, until);
  return at;
}

function activeDueAt(state: RoutingState, conversation: Conversation, { unattended }: Active): number | null {
  const at = silenceDueAt(state, conversation);
  if (!unattended) return at;
  return earlier(at, earlier(earlier(unattended.ackBy, unattended.attendBy), unansweredMissAt(unattended)));
}

function waitLimitAt(state: RoutingState, conversation: Conversation): number | null {
  const { maxWaitSeconds } = settingsFor(state, conversation.groupId).queue;
  return maxWaitSeconds > 0 ? conversation.waitFrom + maxWaitSeconds * SECOND_MS : null;
}

/** For a conversation that has ended. */
export function disarmConversation(state: RoutingState, { due, waitDue }: Conversation): void {
  state.deadlines.set(due, null);
  state.waitLimits.set(waitDue, null);
}

export function nextDeadline(state: RoutingState): number | null {
  return earlier(state.deadlines.first()?.at ?? null, state.waitLimits.first()?.at ?? null);
}
