import type { RoutingEvent, RoutingEventOf } from '../../shared/routing';
import { agentOf, conversationOf, type Model, type ModelConversation } from './model';
import { newConversation } from './model-conversations';
import { endSearch } from './model-marks';

/** BO1 to BO5: the events of assistants, and what others mean for conversations that are with one. */
export function takeAssistant(model: Model, event: RoutingEvent): void {
  switch (event.type) {
    case 'assistant.put': {
      const { assistantId: id, groupIds } = event;
      const { connected = false, awaited = false } = model.assistants.get(id) ?? {};
      model.assistants.set(id, { id, groups: new Set(groupIds), connected, awaited });
      return;
    }
    case 'assistant.removed':
      model.assistants.delete(event.assistantId);
      return;
    case 'assistant.connected': {
      if (event.takeover) return;
      Object.assign(model.assistants.get(event.assistantId)!, { connected: true, awaited: false });
      for (const each of withAssistant(model, event.assistantId))
        each.awaitedSince = each.unansweredSince === null ? null : event.at;
      return;
    }
    case 'assistant.disconnected':
      model.assistants.get(event.assistantId)!.connected = false;
      return;
    case 'group.removed':
      for (const each of model.assistants.values()) each.groups.delete(event.groupId);
      return;
    case 'hub.started':
      for (const each of model.assistants.values()) Object.assign(each, { connected: false, awaited: true });
      for (const each of model.conversations.values()) {
        if (each.stage !== 'assisted') continue;
        if (each.quietSince !== null) each.quietSince = event.at;
        if (each.askedAt !== null) each.askedAt = event.at;
        each.awaitedSince = event.at;
      }
      return;
    case 'conversation.assisted':
      assisted(model, event);
      return;
    case 'conversation.message':
      spoken(model, event);
      return;
    case 'conversation.silenceNoticed':
      conversationOf(model, event.conversationId).askedAt = event.at;
      return;
  }
}

export function withAssistant(model: Model, assistantId: string): ModelConversation[] {
  return [...model.conversations.values()].filter((each) => each.assistantId === assistantId);
}

function assisted(model: Model, event: RoutingEventOf<'conversation.assisted'>): void {
  const known = model.conversations.get(event.conversationId);
  if (known && event.agentId !== undefined) {
    endSearch(known);
    agentOf(model, event.agentId).lastTurnAt = event.at;
  }
  const conversation = known ?? newConversation(event);
  model.newestSeq = Math.max(model.newestSeq, event.seq);
  model.conversations.set(conversation.id, conversation);
  const awaited = conversation.unansweredSince !== null;
  Object.assign(conversation, {
    stage: 'assisted',
    assistantId: event.assistantId,
    ...{ agentId: null, fromAgentId: null, offerId: null, attendBy: null, ackBy: null, attended: false },
    ...{ fromAssistant: null, awaitedSince: awaited ? event.at : null, askedAt: null },
    quietSince: awaited ? null : event.at,
  });
}

function spoken(model: Model, { conversationId, from, at }: RoutingEventOf<'conversation.message'>): void {
  const conversation = conversationOf(model, conversationId);
  if (conversation.stage !== 'assisted') return;
  conversation.askedAt = null;
  if (from === 'customer') {
    conversation.awaitedSince ??= at;
    conversation.quietSince = null;
  } else {
    conversation.awaitedSince = null;
    conversation.quietSince = at;
  }
}
