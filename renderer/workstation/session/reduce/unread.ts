import { wordsOf } from '../../../../shared/protocol/after-message';
import type { ConversationView, MessageView } from '../../../../shared/protocol/views';
import type { OfficeState, Unread } from '../office-state';
import { isAutomaticFor } from '../reception';
import { isIncoming, isMine } from '../selectors';
import type { Table } from '../table';

/** After one more message. `isSeen`: the agent has the conversation before them. An answer, by whomever, ends it. */
export function unreadAfterMessage(state: OfficeState, message: MessageView, isSeen: boolean): Table<Unread> {
  const { unread } = state;
  const { conversationId, from } = message;
  if (from.kind === 'agent' || from.kind === 'assistant') return unread.delete(conversationId);
  const conversation = state.conversations.get(conversationId);
  if (from.kind !== 'customer' || isSeen || !conversation || !isMine(conversation, meId(state))) return unread;
  const before = unread.get(conversationId);
  const { count, arrived } = before ?? { count: 0, arrived: false };
  return unread.set(conversationId, { count: count + 1, words: wordsOf(message), arrived });
}

/** A conversation that leaves the agent is no concern of theirs; one that came by itself is to be looked at. */
export function unreadAfterChange(state: OfficeState, conversation: ConversationView, isSeen: boolean): Table<Unread> {
  const { conversationId } = conversation;
  const me = meId(state);
  if (!isMine(conversation, me)) return state.unread.delete(conversationId);
  const before = state.conversations.get(conversationId);
  if (isSeen || (before && (isMine(before, me) || isIncoming(before, me)))) return state.unread;
  if (!cameByItself(state, conversation)) return state.unread;
  const { unanswered: count, preview: words } = conversation;
  return state.unread.set(conversationId, { count, words, arrived: true });
}

/** What customers wrote while the line was gone: a snapshot tells only how much is unanswered. */
export function unreadAfterSnapshot(now: OfficeState, snapshot: OfficeState, seenId: string | null): Table<Unread> {
  const me = meId(now);
  let { unread } = now;
  for (const id of unread.keys()) if (!snapshot.conversations.has(id)) unread = unread.delete(id);
  for (const conversation of snapshot.conversations.values()) {
    const { conversationId, unanswered, unansweredSince } = conversation;
    if (unanswered === 0 || conversationId === seenId || !isMine(conversation, me)) {
      unread = unread.delete(conversationId);
      continue;
    }
    const known = now.conversations.get(conversationId);
    const wasMine = known !== undefined && isMine(known, me);
    const sameWait = wasMine && known.unansweredSince === unansweredSince;
    const missed = sameWait ? unanswered - known.unanswered : unanswered;
    if (missed <= 0) continue;
    const before = unread.get(conversationId);
    const arrived = now.ready && !wasMine && cameByItself(snapshot, conversation);
    unread = unread.set(conversationId, {
      count: sameWait ? (before?.count ?? 0) + missed : missed,
      words: lastWords(snapshot.messages.get(conversationId)) ?? conversation.preview,
      arrived: arrived || (before?.arrived ?? false),
    });
  }
  return unread;
}

function cameByItself(state: OfficeState, { groupId, attendBy }: ConversationView): boolean {
  return attendBy !== null || isAutomaticFor(state, groupId);
}

function lastWords(messages: readonly MessageView[] | undefined): string | null {
  const last = messages?.filter(({ from }) => from.kind === 'customer').at(-1);
  return last ? wordsOf(last) : null;
}

function meId({ me }: OfficeState): string | null {
  return me?.agentId ?? null;
}
