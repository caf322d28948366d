import type { OfficeState } from '../office-state';
import { withoutMessages } from './conversations';
import type { OfficeChange } from './office-change';
import { withMember } from './with-member';

export function selected(state: OfficeState, conversationId: string | null): OfficeState {
  const left = state.selectedId === null ? state : afterLeaving(state, state.selectedId);
  return { ...left, selectedId: conversationId, selectedGone: null, selectedErased: false };
}

/** Messages of a conversation that is gone were kept only to be read. */
function afterLeaving(state: OfficeState, conversationId: string): OfficeState {
  return state.conversations.has(conversationId)
    ? looked(state, conversationId)
    : withoutMessages(state, conversationId);
}

/** Nothing in this conversation is new any more. */
export function looked(state: OfficeState, conversationId: string): OfficeState {
  return { ...state, newFrom: state.newFrom.delete(conversationId) };
}

export function earlierLoaded(
  state: OfficeState,
  { conversationId, before, page }: Extract<OfficeChange, { kind: 'earlierLoaded' }>,
): OfficeState {
  const known = state.messages.get(conversationId);
  // A snapshot may have come meanwhile, which begins anew.
  if (known?.[0]?.messageId !== before) return state;
  return {
    ...state,
    messages: state.messages.set(conversationId, [...page.messages, ...known]),
    hasEarlier: withMember(state.hasEarlier, conversationId, page.earlier),
  };
}
