import type { RoutingEvent, RoutingEventOf } from '../../shared/routing';
import { agentOf, conversationOf, isAble, type Model, type ModelAgent } from './model';
import { takeAssistant } from './model-assistants';
import { takeConversation } from './model-conversation-events';
import { given, missed, tryFailed } from './model-marks';

/** Applies one event. Throws if the event names something unknown. */
export function take(model: Model, event: RoutingEvent): void {
  model.at = event.at;
  takeAssistant(model, event);
  if (event.type.startsWith('conversation.')) takeConversation(model, event);
  else if (event.type.startsWith('offer.')) takeOffer(model, event);
  else takeRest(model, event);
  for (const agent of model.agents.values()) {
    const able = isAble(model, agent);
    if (able && !agent.wasAble && !freedByFlagged(model, event, agent)) agent.turns += 1;
    agent.wasAble = able;
  }
}

/** RD4: getting room by not attending a flagged one does not count as becoming able. */
function freedByFlagged(model: Model, event: RoutingEvent, agent: ModelAgent): boolean {
  const unattended =
    (event.type === 'offer.ended' && (event.outcome === 'timedOut' || event.outcome === 'declined')) ||
    (event.type === 'conversation.returned' && event.reason === 'timedOut');
  return unattended && event.agentId === agent.id && (model.conversations.get(event.conversationId)?.flagged ?? false);
}

function takeRest(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'settings.updated':
      model.settings = event.settings;
      return;
    case 'group.put':
      model.groups.set(event.groupId, {
        id: event.groupId,
        settings: event.settings,
        open: model.groups.get(event.groupId)?.open ?? true,
      });
      return;
    case 'group.removed':
      model.groups.delete(event.groupId);
      for (const agent of model.agents.values()) agent.groups.delete(event.groupId);
      return;
    case 'group.opened':
      model.groups.get(event.groupId)!.open = event.open;
      return;
    case 'agent.put':
      putAgent(model, event);
      return;
    case 'agent.removed':
      model.agents.delete(event.agentId);
      for (const each of model.conversations.values()) {
        if (each.fromAgentId === event.agentId) each.fromAgentId = null;
        // A later agent with the same id is another person.
        each.offeredAtTurn.delete(event.agentId);
      }
      return;
    case 'wrapUp.started':
      agentOf(model, event.agentId).wrapUps.add(event.conversationId);
      return;
    case 'wrapUp.ended':
      agentOf(model, event.agentId).wrapUps.delete(event.conversationId);
      return;
    case 'receptionists.forgotten':
      for (const customerId of event.customerIds) model.lastReceptionist.delete(customerId);
      return;
    case 'receptionist.recalled':
      model.lastReceptionist.set(event.customerId, { agentId: event.receptionistId, at: event.wroteAt });
      return;
    case 'hub.started':
      for (const agent of model.agents.values()) {
        agent.connected = false;
        agent.disconnectedAt = event.at;
        agent.pacedUntil = null;
      }
      // ST3: the clocks of active conversations restart with the hub.
      for (const conversation of model.conversations.values()) {
        conversation.ackBy = null;
        if (conversation.attendBy !== null) conversation.attendBy += event.at - conversation.assignedAt;
        conversation.assignedAt = event.at;
      }
      return;
    default:
      takeAgent(model, event);
  }
}

function putAgent(model: Model, event: RoutingEventOf<'agent.put'>): void {
  const groups = new Map(event.groups.map((each) => [each.groupId, each.priority]));
  const old = model.agents.get(event.agentId);
  if (old) {
    // A new membership counts as becoming able, too.
    if ([...groups.keys()].some((id) => !old.groups.has(id))) old.turns += 1;
    Object.assign(old, { name: event.name, capacity: event.capacity, groups });
    return;
  }
  model.agents.set(event.agentId, {
    id: event.agentId,
    name: event.name,
    capacity: event.capacity,
    groups,
    status: 'offline',
    cause: 'self',
    statusSince: event.at,
    breakGroupId: '',
    connected: false,
    disconnectedAt: null,
    pacedUntil: null,
    automatic: null,
    afterThis: null,
    missedInARow: 0,
    lastMissAt: null,
    wrapUps: new Set(),
    lastTurnAt: 0,
    turns: 0,
    seqWhenOnline: -1,
    lastFillAt: Number.NEGATIVE_INFINITY,
    wasAble: false,
  });
}

function takeAgent(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'agent.connected':
      Object.assign(agentOf(model, event.agentId), { connected: true, disconnectedAt: null });
      if (!event.takeover) agentOf(model, event.agentId).seqWhenOnline = model.newestSeq;
      return;
    case 'agent.disconnected':
      Object.assign(agentOf(model, event.agentId), {
        connected: false,
        disconnectedAt: event.at,
        pacedUntil: null,
      });
      return;
    case 'agent.changed': {
      const agent = agentOf(model, event.agentId);
      const breakGroupId = model.conversations.get(event.conversationId ?? '')?.groupId ?? '';
      Object.assign(agent, { status: event.status, cause: event.cause, statusSince: event.at, breakGroupId });
      agent.afterThis = null;
      if (event.status !== 'online') agent.pacedUntil = null;
      if (event.status === 'online') {
        agent.missedInARow = 0;
        agent.seqWhenOnline = model.newestSeq;
      }
      return;
    }
    case 'agent.afterThisSet':
      agentOf(model, event.agentId).afterThis = event.status;
      return;
    case 'agent.receptionChanged':
      agentOf(model, event.agentId).automatic = event.automatic;
      return;
    case 'agent.paced':
      agentOf(model, event.agentId).pacedUntil = event.until;
      return;
    case 'agent.paceEnded':
      agentOf(model, event.agentId).pacedUntil = null;
      return;
  }
}

function takeOffer(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'offer.made': {
      const conversation = conversationOf(model, event.conversationId);
      conversation.fromAgentId = event.kind === 'transfer' ? (event.fromAgentId ?? null) : null;
      Object.assign(conversation, { stage: 'offered', agentId: event.agentId, offerId: event.offerId });
      model.offers.set(event.offerId, {
        id: event.offerId,
        conversationId: event.conversationId,
        agentId: event.agentId,
        kind: event.kind,
        deadline: event.deadline,
        missAt: event.terms.missAt,
        open: true,
      });
      given(model, conversation, event.agentId, event.at, event.terms);
      return;
    }
    case 'offer.ended': {
      const conversation = conversationOf(model, event.conversationId);
      const offer = model.offers.get(event.offerId);
      if (!offer) throw new Error(`the offer ${event.offerId} ends and was never made`);
      offer.open = false;
      conversation.offerId = null;
      conversation.lastTryAt = event.at;
      if (event.outcome === 'declined') conversation.cooling.set(event.agentId, event.at + 10_000);
      if (event.miss) missed(agentOf(model, event.agentId), event.at);
      if (offer.kind === 'routed' && (event.outcome === 'timedOut' || event.outcome === 'declined')) {
        tryFailed(model, conversation, event.agentId);
      }
      const goesBack = offer.kind === 'routed' && event.outcome !== 'accepted';
      conversation.stage = goesBack ? 'waiting' : 'between';
      if (event.outcome !== 'accepted') conversation.agentId = null;
      return;
    }
    case 'offer.missed':
      if (event.miss) missed(agentOf(model, event.agentId), event.at);
      return;
  }
}
