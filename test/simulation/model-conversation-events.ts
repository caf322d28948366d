import type { RoutingEvent, RoutingEventOf } from '../../shared/routing';
import { agentOf, conversationOf, loadOf, type Model, type ModelAgent, type ModelConversation } from './model';
import { newConversation } from './model-conversations';
import { endSearch, given, missed, tryFailed } from './model-marks';

export function takeConversation(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'conversation.queued':
      queued(model, event);
      return;
    case 'conversation.moved':
      conversationOf(model, event.conversationId).groupId = event.groupId;
      return;
    case 'conversation.assigned':
      assigned(model, event);
      return;
    case 'conversation.acknowledged':
      conversationOf(model, event.conversationId).ackBy = null;
      return;
    case 'conversation.returned': {
      const conversation = conversationOf(model, event.conversationId);
      if (event.miss) missed(agentOf(model, event.agentId), event.at);
      conversation.priority = event.priority;
      if (conversation.attended && event.reason !== 'senderGone') endSearch(conversation);
      if (!conversation.attended && event.reason === 'timedOut') tryFailed(model, conversation, event.agentId);
      conversation.lastTryAt = event.at;
      // If a transfer's sender was removed, the event names the agent it rang at, who never had it.
      const had = [conversation.agentId, conversation.fromAgentId].includes(event.agentId);
      if (had) agentOf(model, event.agentId).lastTurnAt = event.at;
      toQueue(conversation);
      return;
    }
    case 'conversation.transferFailed':
      toActive(conversationOf(model, event.conversationId), event.agentId);
      endSearch(conversationOf(model, event.conversationId));
      return;
    case 'conversation.missed':
      if (event.miss) missed(agentOf(model, event.agentId), event.at);
      return;
    case 'conversation.message':
      message(model, event);
      return;
    case 'conversation.overdue': {
      const conversation = conversationOf(model, event.conversationId);
      if (event.to === 'agent') conversation.agentToldAt = event.at;
      else conversation.supervisorsTold = true;
      return;
    }
    case 'conversation.closed': {
      const conversation = conversationOf(model, event.conversationId);
      const holder = model.agents.get(
        (conversation.stage === 'active' ? conversation.agentId : conversation.fromAgentId) ?? '',
      );
      if (holder) holder.lastTurnAt = event.at;
      model.conversations.delete(conversation.id);
      const { customerId, groupId } = conversation;
      const [agentId, unanswered] = [event.agentId ?? null, conversation.unansweredSince !== null];
      model.closed.set(conversation.id, { customerId, groupId, agentId, closedAt: event.at, unanswered });
      return;
    }
    default:
      takeMark(model, event);
  }
}

function toQueue(conversation: ModelConversation): void {
  const cleared = { agentId: null, fromAgentId: null, offerId: null, attendBy: null, ackBy: null, attended: false };
  Object.assign(conversation, { stage: 'waiting', ...cleared });
}

function toActive(conversation: ModelConversation, agentId: string): void {
  const cleared = { fromAgentId: null, offerId: null, attendBy: null, ackBy: null };
  Object.assign(conversation, { stage: 'active', agentId, attended: true, ...cleared });
}

function queued(model: Model, event: RoutingEventOf<'conversation.queued'>): void {
  const old = model.conversations.get(event.conversationId);
  if (event.reason === 'switched') {
    switched(model, event);
    return;
  }
  if (old) {
    old.groupId = event.groupId;
    if (event.reason === 'moved') return;
    const sender = model.agents.get(old.agentId ?? '');
    if (sender) sender.lastTurnAt = event.at;
    toQueue(old);
    endSearch(old);
    old.tried.add(event.agentId ?? '');
    Object.assign(old, { lastTryAt: event.at, preferenceDropped: true });
    return;
  }
  model.newestSeq = Math.max(model.newestSeq, event.seq);
  const unansweredSince = model.closed.get(event.conversationId)?.unanswered ? event.at : null;
  model.closed.delete(event.conversationId);
  model.conversations.set(event.conversationId, { ...newConversation(event), unansweredSince });
}

/** BO2: as a new one, with the customer's words that have no answer. */
function switched(model: Model, event: RoutingEventOf<'conversation.queued'>): void {
  const { unansweredSince, agentToldAt, supervisorsTold, givenAt } = conversationOf(model, event.conversationId);
  model.newestSeq = Math.max(model.newestSeq, event.seq);
  const carried = { unansweredSince, agentToldAt, supervisorsTold, givenAt };
  const conversation = { ...newConversation(event), ...carried, fromAssistant: event.fromAssistant ?? null };
  model.conversations.delete(conversation.id);
  model.conversations.set(conversation.id, conversation);
}

function assigned(model: Model, event: RoutingEventOf<'conversation.assigned'>): void {
  const conversation = conversationOf(model, event.conversationId);
  // For the sender a transfer counts as an end.
  const from = model.agents.get(event.fromAgentId ?? '');
  if (from) from.lastTurnAt = event.at;
  if (event.how === 'claimed') agentOf(model, event.agentId).lastTurnAt = event.at;
  toActive(conversation, event.agentId);
  // An agent who has the conversation again has no wrap-up for it.
  agentOf(model, event.agentId).wrapUps.delete(conversation.id);
  conversation.groupId = event.groupId;
  conversation.reopened = false;
  if (event.how === 'automatic') {
    given(model, conversation, event.agentId, event.at, event.terms);
    conversation.attended = false;
    conversation.assignedAt = event.at;
    const agent = agentOf(model, event.agentId);
    if (conversation.seq <= agent.seqWhenOnline) agent.lastFillAt = event.at;
    endFillWhenFull(model, agent);
    conversation.ackBy = event.ackBy ?? null;
    conversation.attendBy = event.attendBy ?? null;
    return;
  }
  endSearch(conversation);
  attended(agentOf(model, event.agentId));
  endFillWhenFull(model, agentOf(model, event.agentId));
}

/** AR4: pacing ends once the agent is full; later conversations come at once. */
function endFillWhenFull(model: Model, agent: ModelAgent): void {
  if (loadOf(model, agent.id) >= agent.capacity) agent.seqWhenOnline = -1;
}

function attended(agent: ModelAgent): void {
  agent.missedInARow = 0;
  agent.lastMissAt = null;
}

function message(model: Model, event: RoutingEventOf<'conversation.message'>): void {
  const conversation = conversationOf(model, event.conversationId);
  if (event.from === 'customer') conversation.unansweredSince ??= event.at;
  else {
    const unansweredSince = event.unseenSince ?? null;
    Object.assign(conversation, { unansweredSince, agentToldAt: null, supervisorsTold: false });
  }
  if (event.from !== 'agent' || event.agentId === undefined) return;
  model.lastReceptionist.set(conversation.customerId, { agentId: event.agentId, at: event.at });
  if (event.agentId !== conversation.agentId || conversation.stage !== 'active') return;
  if (conversation.attended) return;
  Object.assign(conversation, { attended: true, attendBy: null, ackBy: null });
  endSearch(conversation);
  attended(agentOf(model, event.agentId));
}

function takeMark(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'conversation.held': {
      const conversation = conversationOf(model, event.conversationId);
      conversation.held.set(event.rule, event.at);
      if (event.rule === 'CH3') conversation.wasHeld = true;
      return;
    }
    case 'conversation.holdEnded':
      conversationOf(model, event.conversationId).held.delete(event.rule);
      return;
    case 'conversation.preferenceDropped': {
      const conversation = conversationOf(model, event.conversationId);
      conversation.preferenceDropped = true;
      conversation.held.delete('LR3');
      return;
    }
    case 'conversation.roundStarted':
      conversationOf(model, event.conversationId).tried.clear();
      return;
    case 'conversation.coolingEnded':
      conversationOf(model, event.conversationId).cooling.delete(event.agentId);
      return;
    case 'conversation.throttled':
      conversationOf(model, event.conversationId).throttledUntil = event.until;
      return;
    case 'conversation.throttleEnded':
      conversationOf(model, event.conversationId).throttledUntil = null;
      return;
    case 'conversation.flagged':
      flagged(model, conversationOf(model, event.conversationId));
      return;
  }
}

/** RD4: offered only to agents who become able from now on. */
function flagged(model: Model, conversation: ModelConversation): void {
  conversation.flagged = true;
  conversation.tried.clear();
  for (const agent of model.agents.values()) conversation.offeredAtTurn.set(agent.id, agent.turns);
}
