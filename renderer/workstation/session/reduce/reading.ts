import type { OfficeState } from '../office-state';
import { withoutMessages } from './conversations';
import type { OfficeChange } from './office-change';
import { withMember } from './with-member';

export function selected(state: OfficeState, conversationId: string | null): OfficeState {
  const left = state.selectedId === null ? state : afterLeaving(state, state.selectedId);
  return { ...left, selectedId: conversationId, selectedGone: null, selectedErased: false };
}

/** A closed or removed conversation's messages are kept only while it is selected. */
function afterLeaving(state: OfficeState, conversationId: string): OfficeState {
  return state.conversations.has(conversationId)
    ? looked(state, conversationId)
    : withoutMessages(state, conversationId);
}

/** Removes the conversation's "new" line. */
export function looked(state: OfficeState, conversationId: string): OfficeState {
  return { ...state, newFrom: state.newFrom.delete(conversationId) };
}

export function earlierLoaded(
  state: OfficeState,
  { conversationId, before, page }: Extract<OfficeChange, { kind: 'earlierLoaded' }>,
): OfficeState {
  const known = state.messages.get(conversationId);
  // Dropped if a snapshot has replaced the messages meanwhile.
  if (known?.[0]?.messageId !== before) return state;
  return {
    ...state,
    messages: state.messages.set(conversationId, [...page.messages, ...known]),
    hasEarlier: withMember(state.hasEarlier, conversationId, page.earlier),
  };
}
