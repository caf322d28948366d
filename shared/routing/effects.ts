import { apply } from './apply';
import { must } from './must';
import {
  type Agent,
  assistantOf,
  type Conversation,
  holderOf,
  isFlagged,
  type Offer,
  offerOf,
  type RoutingState,
  settingsFor,
  unattendedOf,
} from './state';
import type {
  AgentStatus,
  LeftAssistant,
  OfferOutcome,
  RoutingEvent,
  RoutingEventOf,
  RoutingEventType,
  StatusCause,
  Terms,
} from './types';

/** One run of `route`, at one time: the events so far. */
export interface Run {
  readonly state: RoutingState;
  readonly at: number;
  readonly events: RoutingEvent[];
  /** The machine has slept: overdue offers end without a miss for their agents (TM1). */
  readonly slept: boolean;
}

type Payload<T extends RoutingEventType> = Omit<RoutingEventOf<T>, 'type' | 'at'>;

/** Records an event and applies it at once, so that the next decision sees it. */
export function emit<T extends RoutingEventType>(run: Run, type: T, payload: Payload<T>): void {
  const event = { type, at: run.at, ...payload } as unknown as RoutingEvent;
  run.events.push(event);
  apply(run.state, event);
}

/** RD4: flags a conversation with more failed tries than the redirects allowed. */
function flagIfExhausted(run: Run, conversation: Conversation, terms: Terms): void {
  const { flag, failedTries } = conversation.search;
  if (flag || terms.maxRedirects === 0 || failedTries <= terms.maxRedirects) return;
  emit(run, 'conversation.flagged', { conversationId: conversation.id, reason: 'redirects' });
}

/** TR2: a transfer not accepted goes back to the sender, or to the queue if the sender is gone. */
function giveBack(run: Run, conversation: Conversation, offer: Offer, outcome: OfferOutcome): void {
  const sender = offer.fromAgentId === null ? null : must(run.state.agents, offer.fromAgentId);
  if (sender?.connected && sender.status !== 'offline') {
    emit(run, 'conversation.transferFailed', {
      conversationId: conversation.id,
      agentId: sender.id,
      targetAgentId: offer.agentId,
      outcome,
    });
    return;
  }
  emit(run, 'conversation.returned', {
    conversationId: conversation.id,
    agentId: sender?.id ?? offer.agentId,
    reason: 'senderGone',
    priority: conversation.priority,
    miss: false,
  });
}

export interface EndOfOffer {
  miss?: boolean;
  reason?: string | undefined;
}

/** Ends an offer that was not accepted, and returns the conversation to the queue or the sender. */
export function endOffer(
  run: Run,
  offer: Offer,
  outcome: Exclude<OfferOutcome, 'accepted'>,
  end: EndOfOffer = {},
): void {
  const conversation = must(run.state.conversations, offer.conversationId);
  const { id: offerId, conversationId, agentId } = offer;
  const reason = end.reason === undefined ? {} : { reason: end.reason };
  emit(run, 'offer.ended', { offerId, conversationId, agentId, outcome, miss: end.miss ?? false, ...reason });
  if (offer.kind === 'transfer') giveBack(run, conversation, offer, outcome);
  else flagIfExhausted(run, conversation, offer.terms);
}

/** Returns an automatic assignment without a reply in time to the queue (RD1). */
export function returnUnanswered(
  run: Run,
  conversation: Conversation,
  agentId: string,
  terms: Terms,
  miss: boolean,
): void {
  const { id: conversationId, priority } = conversation;
  emit(run, 'conversation.returned', { conversationId, agentId, reason: 'timedOut', priority, miss });
  flagIfExhausted(run, conversation, terms);
}

/** TM1, ST2: an agent misses nothing while the machine slept or their workstation is disconnected. */
export function couldSee(run: Run, agent: Agent): boolean {
  return !run.slept && agent.connected;
}

/** Whether one more miss now puts this agent on a short break (SB1). A status they chose themself stays (ST4). */
export function missWouldBreak(run: Run, agent: Agent, terms: Terms): boolean {
  if (!couldSee(run, agent) || terms.misses === 0 || agent.status !== 'online') return false;
  const inARow = agent.missedInARow + (agent.lastMissAt === run.at ? 0 : 1);
  return inARow >= terms.misses;
}

/** SB1: called after a miss was counted. */
export function breakIfMissedOften(run: Run, agentId: string, terms: Terms, conversationId: string): void {
  const agent = must(run.state.agents, agentId);
  if (terms.misses === 0 || agent.status !== 'online' || agent.missedInARow < terms.misses) return;
  setStatus(run, agent, 'shortBreak', 'timeout', { conversationId });
}

export interface StatusDetail {
  conversationId?: string;
  conversationIds?: string[];
  reason?: string;
  by?: string;
}

/** SB3: leaving `online` withdraws the agent's offers; a transfer's offer survives a change to `busy`. */
export function setStatus(
  run: Run,
  agent: Agent,
  status: AgentStatus,
  cause: StatusCause,
  detail: StatusDetail = {},
): void {
  const wasOnline = agent.status === 'online';
  emit(run, 'agent.changed', { agentId: agent.id, status, cause, ...detail });
  if (status === 'online') return;
  withdrawOffers(run, agent, status === 'busy');
  if (wasOnline) leaveUnanswered(run, agent);
}

export function withdrawOffers(run: Run, agent: Agent, keepTransfers = false): void {
  for (const offerId of [...agent.offers]) {
    const offer = must(run.state.offers, offerId);
    if (!(keepTransfers && offer.kind === 'transfer')) endOffer(run, offer, 'withdrawn');
  }
}

/** SB3 in automatic reception: unanswered conversations return if given with redirect on, else stay and are flagged. */
function leaveUnanswered(run: Run, agent: Agent): void {
  for (const conversationId of [...agent.active]) {
    const conversation = must(run.state.conversations, conversationId);
    const unattended = unattendedOf(conversation);
    if (!unattended) continue;
    if (unattended.attendBy !== null) {
      const { priority } = conversation;
      emit(run, 'conversation.returned', {
        conversationId,
        agentId: agent.id,
        reason: 'leftOnline',
        priority,
        miss: false,
      });
    } else if (!isFlagged(conversation)) {
      emit(run, 'conversation.flagged', { conversationId, reason: 'unanswered' });
    }
  }
}

/** ST2: returns an agent's active conversations to the queue with priority 0; returns their ids. */
export function returnActive(run: Run, agent: Agent, reason: 'graceEnded' | 'agentRemoved'): string[] {
  const conversationIds = [...agent.active];
  for (const conversationId of conversationIds) {
    emit(run, 'conversation.returned', { conversationId, agentId: agent.id, reason, priority: 0, miss: false });
  }
  return conversationIds;
}

/** WU1: called before the conversation leaves the agent, so that the slot stays in use without a gap. */
export function startWrapUp(run: Run, agentId: string | null, conversation: Conversation): void {
  if (agentId === null) return;
  if (settingsFor(run.state, conversation.groupId).wrapUpSeconds === 0) return;
  emit(run, 'wrapUp.started', { agentId, conversationId: conversation.id, groupId: conversation.groupId });
}

export interface Switch {
  groupId?: string | undefined;
  priority?: number | undefined;
  note?: string | undefined;
}

/** BO2, BO3: queued as a new one, in its group if no other is named. */
export function switchToPeople(
  run: Run,
  conversation: Conversation,
  fromAssistant: LeftAssistant,
  to: Switch = {},
): void {
  const { id: conversationId, customerId, channel } = conversation;
  const { groupId = conversation.groupId, priority = conversation.priority, note } = to;
  const assistantId = assistantOf(conversation);
  emit(run, 'conversation.queued', {
    conversationId,
    customerId,
    channel,
    groupId,
    priority,
    enqueuedAt: run.at,
    seq: run.state.seqCount + 1,
    reason: 'switched',
    fromAssistant,
    ...(assistantId === null ? {} : { assistantId }),
    ...(note === undefined ? {} : { note }),
    ...(must(run.state.groups, groupId).online === 0 ? { nobodyOnline: true } : {}),
  });
}

export type Ending = Omit<Payload<'conversation.closed'>, 'conversationId' | 'agentId'>;

/** Ends a conversation at any stage (TR3, RD7). */
export function closeConversation(run: Run, conversation: Conversation, ending: Ending): void {
  const holderId = holderOf(conversation);
  startWrapUp(run, holderId, conversation);
  const offer = offerOf(conversation);
  if (offer) {
    const { id: offerId, conversationId, agentId } = offer;
    emit(run, 'offer.ended', { offerId, conversationId, agentId, outcome: 'withdrawn', miss: false });
  }
  const holder = holderId === null ? {} : { agentId: holderId };
  emit(run, 'conversation.closed', { conversationId: conversation.id, ...holder, ...ending });
}
