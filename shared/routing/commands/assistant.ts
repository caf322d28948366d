import { emit, type Run, startWrapUp, switchToPeople } from '../effects';
import { must } from '../must';
import { type Assistant, assistantFor, assistantOf, holderOf } from '../state';
import type { CommandOf, LeftAssistant, Refusal } from '../types';
import { missingConversation, standing } from './conversation';
import { unknownAgent, unknownAssistant, unknownGroup } from './setup';
import { refuse } from './validate';

/** BO1. What is with it in a group that it leaves goes to people (BO3). */
export function assistantPut(run: Run, command: CommandOf<'assistant.put'>): Refusal | null {
  const { assistantId, name } = command;
  const { state } = run;
  const groupIds = [...new Set(command.groupIds)];
  for (const groupId of groupIds) {
    const group = state.groups.get(groupId);
    if (!group) return unknownGroup(groupId, 'groupIds');
    if (group.assistant && group.assistant.id !== assistantId) {
      return refuse('groupHasAssistant', `${group.assistant.id} is the assistant of ${groupId}`, { field: 'groupIds' });
    }
  }
  emit(run, 'assistant.put', { assistantId, name, groupIds });
  const assistant = must(state.assistants, assistantId);
  passBy(run, assistant, 'withdrawn', (groupId) => !groupIds.includes(groupId));
  return null;
}

export function assistantRemove(run: Run, { assistantId }: CommandOf<'assistant.remove'>): Refusal | null {
  const assistant = run.state.assistants.get(assistantId);
  if (!assistant) return unknownAssistant(assistantId);
  passBy(run, assistant, 'withdrawn', () => true);
  emit(run, 'assistant.removed', { assistantId });
  return null;
}

export function assistantConnect(run: Run, { assistantId }: CommandOf<'assistant.connect'>): Refusal | null {
  const assistant = run.state.assistants.get(assistantId);
  if (!assistant) return unknownAssistant(assistantId);
  // As an agent's second sign-in (ST5).
  emit(run, 'assistant.connected', { assistantId, takeover: assistant.connected });
  return null;
}

/** BO3: nobody waits for a dead program. */
export function assistantDisconnect(run: Run, { assistantId }: CommandOf<'assistant.disconnect'>): Refusal | null {
  const assistant = run.state.assistants.get(assistantId);
  if (!assistant) return unknownAssistant(assistantId);
  if (assistant.connected) emit(run, 'assistant.disconnected', { assistantId });
  passBy(run, assistant, 'gone', () => true);
  return null;
}

function passBy(run: Run, assistant: Assistant, why: LeftAssistant, isOver: (groupId: string) => boolean): void {
  for (const conversationId of [...assistant.conversations]) {
    const conversation = must(run.state.conversations, conversationId);
    if (isOver(conversation.groupId)) switchToPeople(run, conversation, why);
  }
}

/** BO2 */
export function conversationHandOver(run: Run, command: CommandOf<'conversation.handOver'>): Refusal | null {
  const { conversationId, assistantId, groupId, priority, note } = command;
  const { state } = run;
  if (assistantId !== undefined && !state.assistants.has(assistantId)) return unknownAssistant(assistantId);
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  const withId = assistantOf(conversation);
  if (withId === null || (assistantId !== undefined && withId !== assistantId)) {
    return refuse('notAssisted', 'the conversation is with no assistant, or with another', {
      now: standing(conversation),
    });
  }
  const group = groupId === undefined ? null : state.groups.get(groupId);
  if (group === undefined) return unknownGroup(groupId ?? '');
  // HR1: to another group it is a new conversation; in its own what is open goes on.
  if (group && group.id !== conversation.groupId && !group.open) {
    return refuse('groupClosed', 'outside working hours', { field: 'groupId' });
  }
  const by = assistantId === undefined ? 'askedForPerson' : 'handedOver';
  switchToPeople(run, conversation, by, { groupId, priority, note });
  return null;
}

/** BO4 */
export function conversationHandBack(run: Run, command: CommandOf<'conversation.handBack'>): Refusal | null {
  const { agentId, conversationId } = command;
  const { state } = run;
  if (!state.agents.has(agentId)) return unknownAgent(agentId);
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return missingConversation(state, conversationId);
  const now = standing(conversation);
  if (holderOf(conversation) !== agentId) {
    return refuse('notYours', 'the conversation is not with this agent', { now });
  }
  if (conversation.stage.kind !== 'active') return refuse('conversationNotActive', 'it is being handed over', { now });
  const assistant = assistantFor(must(state.groups, conversation.groupId));
  if (!assistant) return refuse('assistantDisconnected', 'its group has no assistant that is connected', { now });
  startWrapUp(run, agentId, conversation);
  const { customerId, channel, groupId, priority, enqueuedAt, seq } = conversation;
  const about = { conversationId, customerId, channel, groupId, priority, enqueuedAt, seq };
  emit(run, 'conversation.assisted', { ...about, assistantId: assistant.id, agentId });
  return null;
}
