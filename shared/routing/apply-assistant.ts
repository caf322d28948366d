import { setStage } from './indexes';
import { must } from './must';
import type { RoutingState } from './state';
import type { RoutingEventOf } from './types';

export function applyAssistantPut(state: RoutingState, event: RoutingEventOf<'assistant.put'>): void {
  const { assistantId: id, name, groupIds } = event;
  const assistant = state.assistants.get(id) ?? { id, name, groupIds, connected: false, conversations: new Set() };
  for (const groupId of assistant.groupIds) must(state.groups, groupId).assistant = null;
  Object.assign(assistant, { name, groupIds: [...groupIds] });
  for (const groupId of groupIds) must(state.groups, groupId).assistant = assistant;
  state.assistants.set(id, assistant);
}

export function applyAssistantRemoved(state: RoutingState, event: RoutingEventOf<'assistant.removed'>): void {
  for (const groupId of must(state.assistants, event.assistantId).groupIds)
    must(state.groups, groupId).assistant = null;
  state.assistants.delete(event.assistantId);
}

export function applyAssistantConnected(state: RoutingState, event: RoutingEventOf<'assistant.connected'>): void {
  const assistant = must(state.assistants, event.assistantId);
  if (event.takeover) return;
  assistant.connected = true;
  // Back after a restart: it has its whole time for what it has not answered, and owes nothing else.
  for (const id of assistant.conversations) {
    const conversation = must(state.conversations, id);
    const awaitedSince = conversation.unanswered ? event.at : null;
    setStage(state, conversation, { kind: 'assisted', assistantId: assistant.id, awaitedSince });
  }
}

export function applyAssistantDisconnected(state: RoutingState, event: RoutingEventOf<'assistant.disconnected'>): void {
  must(state.assistants, event.assistantId).connected = false;
}
