import { afterMessage } from '../../../../shared/protocol/after-message';
import type { AgentEvent } from '../../../../shared/protocol/agent-wire';
import type { ConversationView, MessageView } from '../../../../shared/protocol/views';
import type { OfficeState } from '../office-state';
import type { Table } from '../table';
import { withoutEchoed } from './sending';
import { unreadAfterChange, unreadAfterMessage } from './unread';
import { withMember } from './with-member';

/** More than an agent can have wrap-ups. */
const recentlyGoneMax = 200;

export function conversationChanged(state: OfficeState, conversation: ConversationView, isSeen: boolean): OfficeState {
  const { conversationId } = conversation;
  const unread = unreadAfterChange(state, conversation, isSeen);
  if (conversation.stage === 'closed') {
    return {
      ...state,
      unread,
      conversations: state.conversations.delete(conversationId),
      recentlyGone: withGone(state.recentlyGone, conversation),
      // The lists hold open conversations only, but the selected one stays readable.
      selectedGone: state.selectedId === conversationId ? conversation : state.selectedGone,
    };
  }
  return {
    ...state,
    unread,
    conversations: state.conversations.set(conversationId, conversation),
    selectedGone: state.selectedGone?.conversationId === conversationId ? null : state.selectedGone,
  };
}

export function conversationRemoved(state: OfficeState, conversationId: string): OfficeState {
  const last = state.conversations.get(conversationId);
  const after = {
    ...state,
    unread: state.unread.delete(conversationId),
    conversations: state.conversations.delete(conversationId),
    recentlyGone: last ? withGone(state.recentlyGone, last) : state.recentlyGone,
  };
  if (state.selectedId === conversationId) return { ...after, selectedGone: state.selectedGone ?? last ?? null };
  return withoutMessages(after, conversationId);
}

/** One that has ended: only on screen, where the customer's words after it belong. */
export function conversationRated(
  state: OfficeState,
  { conversationId, rating }: Extract<AgentEvent, { name: 'conversation.rated' }>,
): OfficeState {
  const { selectedGone, recentlyGone } = state;
  const gone = recentlyGone.get(conversationId);
  return {
    ...state,
    selectedGone: selectedGone?.conversationId === conversationId ? { ...selectedGone, rating } : selectedGone,
    recentlyGone: gone ? recentlyGone.set(conversationId, { ...gone, rating }) : recentlyGone,
  };
}

export function messageAdded(state: OfficeState, message: MessageView, isSeen: boolean): OfficeState {
  const { conversationId } = message;
  const known = state.messages.get(conversationId) ?? [];
  if (known.some((each) => each.messageId === message.messageId)) return state;
  const conversation = state.conversations.get(conversationId);
  // Before the tables change: reading an old one copies it.
  const unread = unreadAfterMessage(state, message, isSeen);
  return {
    ...state,
    unread,
    messages: state.messages.set(conversationId, [...known, message]),
    conversations: conversation
      ? state.conversations.set(conversationId, afterMessage(conversation, message))
      : state.conversations,
    newFrom: newFromAfter(state, message, isSeen),
    sending: withoutEchoed(state.sending, [message]),
  };
}

export function historyCame(
  state: OfficeState,
  { conversationId, messages, earlier }: Extract<AgentEvent, { name: 'conversation.history' }>,
): OfficeState {
  return {
    ...state,
    messages: state.messages.set(conversationId, messages),
    hasEarlier: withMember(state.hasEarlier, conversationId, earlier),
    sending: withoutEchoed(state.sending, messages),
  };
}

export function withoutMessages(state: OfficeState, conversationId: string): OfficeState {
  return {
    ...state,
    messages: state.messages.delete(conversationId),
    hasEarlier: withMember(state.hasEarlier, conversationId, false),
    newFrom: state.newFrom.delete(conversationId),
  };
}

function isOwn({ me }: OfficeState, { from }: MessageView): boolean {
  return (from.kind === 'agent' || from.kind === 'note') && from.agentId === me?.agentId;
}

/**
 * The "new" line stands before the customer's first unseen message. An own reply removes it: one of this page when it is
 * written, as what comes until it is sent was not seen.
 */
function newFromAfter(state: OfficeState, message: MessageView, isSeen: boolean): Table<string> {
  const { newFrom } = state;
  const { conversationId, messageId, from } = message;
  if (from.kind === 'agent' && isOwn(state, message))
    return state.sending.some(({ cid }) => cid === message.cid) ? newFrom : newFrom.delete(conversationId);
  if (from.kind !== 'customer' || isSeen || newFrom.has(conversationId)) return newFrom;
  return newFrom.set(conversationId, messageId);
}

function withGone(gone: Table<ConversationView>, conversation: ConversationView): Table<ConversationView> {
  const after = gone.delete(conversation.conversationId).set(conversation.conversationId, conversation);
  const [oldest] = after.keys();
  return after.size > recentlyGoneMax && oldest !== undefined ? after.delete(oldest) : after;
}
