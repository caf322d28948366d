import {
  breakEndsAt,
  conversationGraceEndsAt,
  holdEndsAt,
  offerGraceEndsAt,
  overdueAt,
  passByAt,
  preferenceHoldEndsAt,
  roundStartsAt,
  silenceDueAt,
  unansweredMissAt,
  wrapUpEndsAt,
} from './deadlines';
import type { DueItem } from './due-heap';
import {
  breakIfMissedOften,
  closeConversation,
  couldSee,
  emit,
  endOffer,
  missWouldBreak,
  type Run,
  returnActive,
  returnUnanswered,
  setStatus,
  switchToPeople,
  withdrawOffers,
} from './effects';
import { must } from './must';
import {
  type Active,
  type Agent,
  type Assisted,
  type Conversation,
  holderOf,
  type Offer,
  settingsFor,
  type Unattended,
} from './state';

/** Handles all deadlines up to the run's time, in order (TM1). Each step has to move or disarm its item. */
export function endWhatIsDue(run: Run): void {
  for (;;) {
    const item = run.state.deadlines.first();
    if (!item || item.at > run.at) return;
    const before = run.events.length;
    endDue(run, item);
    if (run.events.length === before) throw new Error(`nothing was due at the deadline of ${item.id}`);
  }
}

function endDue(run: Run, item: DueItem): void {
  if (item.rank === 0) {
    offerDue(run, must(run.state.offers, item.id), item.at);
  } else if (item.rank === 1) {
    agentDue(run, must(run.state.agents, item.id), item.at);
  } else {
    const conversation = must(run.state.conversations, item.id);
    const { stage } = conversation;
    if (reached(overdueAt(run.state, conversation), item.at)) overdue(run, conversation);
    else if (stage.kind === 'waiting') waitingDue(run, conversation, item.at);
    else if (stage.kind === 'assisted') assistedDue(run, conversation, stage, item.at);
    else if (stage.kind === 'active') activeDue(run, conversation, stage, item.at);
    else throw new Error(`${conversation.id} rings: its deadlines are its offer's`);
  }
}

function reached(deadline: number | null, now: number): boolean {
  return deadline !== null && deadline <= now;
}

function offerDue(run: Run, offer: Offer, now: number): void {
  const agent = must(run.state.agents, offer.agentId);
  if (reached(offer.deadline, now)) {
    const miss = !offer.missed && couldSee(run, agent);
    endOffer(run, offer, 'timedOut', { miss });
    if (miss) breakIfMissedOften(run, offer.agentId, offer.terms, offer.conversationId);
  } else if (missWouldBreak(run, agent, offer.terms)) {
    // SB2: the offer that causes the break ends with it.
    endOffer(run, offer, 'timedOut', { miss: true });
    breakIfMissedOften(run, agent.id, offer.terms, offer.conversationId);
  } else {
    const { id: offerId, conversationId, agentId } = offer;
    emit(run, 'offer.missed', { offerId, conversationId, agentId, miss: couldSee(run, agent) });
  }
}

function agentDue(run: Run, agent: Agent, now: number): void {
  const { state } = run;
  if (reached(agent.pacedUntil, now)) {
    emit(run, 'agent.paceEnded', { agentId: agent.id });
    return;
  }
  for (const [conversationId, wrapUp] of agent.wrapUps) {
    if (wrapUpEndsAt(state, wrapUp) > now) continue;
    emit(run, 'wrapUp.ended', { agentId: agent.id, conversationId });
    return;
  }
  if (reached(offerGraceEndsAt(state, agent), now)) {
    withdrawOffers(run, agent);
  } else if (reached(conversationGraceEndsAt(state, agent), now)) {
    const conversationIds = returnActive(run, agent, 'graceEnded');
    if (agent.status !== 'offline') setStatus(run, agent, 'offline', 'graceEnded', { conversationIds });
  } else if (reached(breakEndsAt(state, agent), now)) {
    setStatus(run, agent, 'online', 'breakEnded');
  }
}

function waitingDue(run: Run, conversation: Conversation, now: number): void {
  const { state } = run;
  const conversationId = conversation.id;
  const { cooling, throttledUntil } = conversation.search;
  for (const [agentId, until] of cooling) {
    if (until > now) continue;
    emit(run, 'conversation.coolingEnded', { conversationId, agentId });
    return;
  }
  if (reached(throttledUntil, now)) {
    emit(run, 'conversation.throttleEnded', { conversationId });
  } else if (reached(roundStartsAt(state, conversation), now)) {
    emit(run, 'conversation.roundStarted', { conversationId });
  } else if (reached(holdEndsAt(state, conversation), now)) {
    emit(run, 'conversation.holdEnded', { conversationId, rule: 'CH3' });
  } else if (reached(preferenceHoldEndsAt(state, conversation), now)) {
    const agentId = state.lastReceptionists.get(conversation.customerId)?.agentId ?? '';
    emit(run, 'conversation.preferenceDropped', { conversationId, agentId });
  }
}

/** UN1 */
function overdue(run: Run, conversation: Conversation): void {
  const { id: conversationId, unanswered } = conversation;
  const agentId = holderOf(conversation);
  const to = agentId === null || unanswered?.agentToldAt != null ? 'supervisors' : 'agent';
  emit(run, 'conversation.overdue', { conversationId, to, ...(agentId === null ? {} : { agentId }) });
}

function activeDue(run: Run, conversation: Conversation, { agentId, unattended }: Active, now: number): void {
  if (unattended && earliestOf(unattended) <= now) unattendedDue(run, conversation, agentId, unattended, now);
  else if (reached(silenceDueAt(run.state, conversation), now)) customerSilent(run, conversation);
}

/** BO3, BO5 */
function assistedDue(run: Run, conversation: Conversation, stage: Assisted, now: number): void {
  const isPassedBy = reached(passByAt(run.state, conversation, stage), now);
  if (isPassedBy)
    switchToPeople(run, conversation, must(run.state.assistants, stage.assistantId).connected ? 'silent' : 'gone');
  else if (reached(silenceDueAt(run.state, conversation), now)) customerSilent(run, conversation);
}

function customerSilent(run: Run, conversation: Conversation): void {
  const conversationId = conversation.id;
  if (conversation.silence?.noticedAt === null) emit(run, 'conversation.silenceNoticed', { conversationId });
  else closeConversation(run, conversation, { by: 'system', reason: 'customerSilent' });
}

function earliestOf(unattended: Unattended): number {
  const { ackBy, attendBy } = unattended;
  const never = Number.POSITIVE_INFINITY;
  return Math.min(ackBy ?? never, attendBy ?? never, unansweredMissAt(unattended) ?? never);
}

function unattendedDue(
  run: Run,
  conversation: Conversation,
  agentId: string,
  unattended: Unattended,
  now: number,
): void {
  const agent = must(run.state.agents, agentId);
  const { id: conversationId, priority } = conversation;
  const { terms } = unattended;
  if (reached(unattended.ackBy, now)) {
    // AR2: the workstation counts as disconnected, even if its line is open.
    emit(run, 'agent.disconnected', { agentId, cause: 'notAcknowledged' });
    emit(run, 'conversation.returned', { conversationId, agentId, reason: 'notAcknowledged', priority, miss: false });
  } else if (reached(unattended.attendBy, now)) {
    const miss = !unattended.missed && couldSee(run, agent);
    returnUnanswered(run, conversation, agentId, terms, miss);
    if (miss) breakIfMissedOften(run, agentId, terms, conversationId);
  } else {
    const breaks = missWouldBreak(run, agent, terms);
    if (breaks && unattended.attendBy !== null) returnUnanswered(run, conversation, agentId, terms, true);
    else emit(run, 'conversation.missed', { conversationId, agentId, miss: couldSee(run, agent) });
    if (breaks) breakIfMissedOften(run, agentId, terms, conversationId);
  }
}

/** QU6: run after assignment, closes the conversations that have waited too long. */
export function endLongWaits(run: Run): void {
  for (;;) {
    const item = run.state.waitLimits.first();
    if (!item || item.at > run.at) return;
    const conversation = must(run.state.conversations, item.id);
    const afterwards = settingsFor(run.state, conversation.groupId).queue.afterMaxWait;
    closeConversation(run, conversation, { by: 'system', reason: 'maxWait', afterwards });
  }
}
