import type { ConversationView } from '../../../shared/protocol/views';
import type { OfficeState } from './office-state';

export interface ConversationLists {
  /** Offers to this agent, the earliest deadline first. */
  incoming: readonly string[];
  /** Conversations of this agent: the longest unanswered first, then the latest message first. */
  mine: readonly string[];
  /** Waiting, or offered to a colleague, in queue order. Flagged ones come first, even those that have an agent. */
  waiting: readonly string[];
  /** Served by colleagues, the earliest assigned first. */
  served: readonly string[];
}

/** Memoised: an unchanged list keeps its identity, so that its components do not render again. */
export function createListSelector(): (state: OfficeState) => ConversationLists {
  let conversations: OfficeState['conversations'] | null = null;
  let myId: string | null = null;
  let lists: ConversationLists = { incoming: [], mine: [], waiting: [], served: [] };
  return (state) => {
    const id = state.me?.agentId ?? null;
    if (state.conversations === conversations && id === myId) return lists;
    conversations = state.conversations;
    myId = id;
    const next = sortInto([...conversations.values()], id);
    lists = {
      incoming: sameOr(lists.incoming, next.incoming),
      mine: sameOr(lists.mine, next.mine),
      waiting: sameOr(lists.waiting, next.waiting),
      served: sameOr(lists.served, next.served),
    };
    return lists;
  };
}

function sortInto(conversations: readonly ConversationView[], meId: string | null): ConversationLists {
  const incoming: ConversationView[] = [];
  const mine: ConversationView[] = [];
  const waiting: ConversationView[] = [];
  const served: ConversationView[] = [];
  for (const conversation of conversations) {
    if (isIncoming(conversation, meId)) incoming.push(conversation);
    else if (isMine(conversation, meId)) mine.push(conversation);
    // BO1: with an assistant it is in no queue.
    else if (conversation.stage === 'assisted') served.push(conversation);
    else if (conversation.stage !== 'active' || conversation.flagged) waiting.push(conversation);
    else served.push(conversation);
  }
  return {
    incoming: ids(incoming.sort((a, b) => (a.deadline ?? Infinity) - (b.deadline ?? Infinity) || a.since - b.since)),
    mine: ids(mine.sort(byUnanswered)),
    waiting: ids(waiting.sort(byQueue)),
    served: ids(served.sort((a, b) => a.since - b.since)),
  };
}

const ids = (conversations: ConversationView[]) => conversations.map(({ conversationId }) => conversationId);

export function isIncoming(conversation: ConversationView, meId: string | null): boolean {
  return conversation.stage === 'offered' && conversation.agentId === meId;
}

/** A conversation that this agent is transferring stays theirs until it is taken (TR2). */
export function isMine(conversation: ConversationView, meId: string | null): boolean {
  if (meId === null) return false;
  if (conversation.stage === 'active') return conversation.agentId === meId;
  return conversation.stage === 'offered' && conversation.fromAgentId === meId;
}

function byUnanswered(a: ConversationView, b: ConversationView): number {
  if (a.unansweredSince !== null && b.unansweredSince !== null) return a.unansweredSince - b.unansweredSince;
  if (a.unansweredSince !== null) return -1;
  if (b.unansweredSince !== null) return 1;
  return (b.lastMessageAt ?? b.since) - (a.lastMessageAt ?? a.since);
}

function byQueue(a: ConversationView, b: ConversationView): number {
  return (
    Number(b.flagged) - Number(a.flagged) ||
    a.priority - b.priority ||
    a.enqueuedAt - b.enqueuedAt ||
    (a.arrival ?? 0) - (b.arrival ?? 0) ||
    (a.conversationId < b.conversationId ? -1 : 1)
  );
}

function sameOr(old: readonly string[], next: readonly string[]): readonly string[] {
  return old.length === next.length && old.every((id, i) => id === next[i]) ? old : next;
}

/** While the pointer is over the list, rows on screen keep their places and new ones are appended. */
export function holdOrder(shown: readonly string[], next: readonly string[]): readonly string[] {
  const wanted = new Set(next);
  const kept = shown.filter((id) => wanted.has(id));
  const known = new Set(kept);
  return sameOr(shown, [...kept, ...next.filter((id) => !known.has(id))]);
}
