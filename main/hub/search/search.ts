import type { FoundConversation, HistoryCursor, HistoryStage } from '../../../shared/protocol/history';
import type { Rating } from '../../../shared/protocol/rating';
import type { MessageView } from '../../../shared/protocol/views';
import { isSamePhone, phonesIn } from '../../../shared/search-words';
import type { Relation } from '../state/relation';
import type { EarlierMessages } from '../state/thread';
import { comparePositions, positionOf } from './position';
import { SoughtWords, type WordsFound } from './sought-words';

/** The searching agent's rights as plain data, so that the archive's reader thread can check them. */
export interface Reader {
  agentId: string;
  groupIds: readonly string[];
  /** The relations `conversation.read` is allowed on. */
  allowed: readonly Relation[];
}

/** What to find, and the cursor to continue from. */
export interface Search {
  words: readonly string[];
  /** The words are a phone number (`phoneIn`), which may be written in another way. */
  phone: string | null;
  customerId: string | undefined;
  agentId: string | undefined;
  groupId: string | undefined;
  stage: HistoryStage | undefined;
  from: number | undefined;
  before: number | undefined;
  tag: string | undefined;
  wrapUpCode: string | undefined;
  scoreMax: number | undefined;
  asOf: number;
  after: HistoryCursor | null;
  reader: Reader;
}

/** A conversation in the state or in the archive, as the search sees it. */
export interface Searchable {
  conversationId: string;
  customerId: string;
  customerName: string;
  /** Of the customer; empty: not known. */
  contact: string;
  groupId: string;
  openedAt: number;
  closedAt: number | null;
  closedBy: FoundConversation['endedBy'];
  tags: readonly string[];
  wrapUpCode: string | null;
  rating?: Rating;
  /** Agents that have it: assigned or offered, the sender of a ringing transfer, or the one who did a left message. */
  holders: readonly string[];
  note: string | null;
  preview: string;
  messages: readonly MessageView[];
  /** About the messages before those, which are on pages; null: none are. */
  earlier: EarlierMessages | null;
  /** When its customer's conversation before it had ended; absent: none had, or it is open. */
  endedBefore?: number;
  /** Set for a left message. */
  left?: FoundConversation['left'];
}

export function relationTo(
  { agentId, groupIds }: Pick<Reader, 'agentId' | 'groupIds'>,
  conversation: Searchable,
): Relation {
  if (isWith(agentId, conversation)) return 'own';
  return groupIds.includes(conversation.groupId) ? 'group' : 'other';
}

/** False for the reader's own and for what still waits in one of the reader's groups. */
export function isOthers(relation: Relation, { closedAt, holders }: Searchable): boolean {
  return relation === 'other' || (relation === 'group' && (closedAt !== null || holders.length > 0));
}

export interface Hit {
  found: FoundConversation;
  /** The excerpt quotes a conversation that `isOthers`. */
  showsOthers: boolean;
}

/** The words not found yet, which may be on the pages on disk, and how to turn what is found there into a result. */
export interface EarlierLook {
  missing: readonly string[];
  result(found: WordsFound): Hit | null;
}

/**
 * What the history shows of a conversation; null when it does not match or the reader may not read it. Yields the
 * number of characters searched since the last yield, so that a caller can pause there to keep its thread responsive.
 */
export function* match(search: Search, conversation: Searchable): Generator<number, Hit | EarlierLook | null> {
  if (!isWanted(search, conversation)) return null;
  const { words, phone } = search;
  if (words.length === 0) return { found: foundOf(conversation, null), showsOthers: false };
  const { contact, left } = conversation;
  const contacts = [contact, left?.contact ?? ''];
  if (phone !== null && contacts.some((each) => phonesIn(each).some((known) => isSamePhone(known, phone))))
    return { found: foundOf(conversation, null), showsOthers: false };
  const sought = new SoughtWords(words);
  yield* sought.inName(conversation.customerName);
  yield* sought.inText(conversation.note ?? '');
  for (const each of contacts) yield* sought.inContact(each);
  for (const message of conversation.messages) for (const text of textsOf(message)) yield* sought.inText(text);
  const { missing } = sought;
  const hit = (excerpt: string | null): Hit => {
    const showsOthers = excerpt !== null && isOthers(relationTo(search.reader, conversation), conversation);
    return { found: foundOf(conversation, excerpt), showsOthers };
  };
  if (missing.length === 0) return hit(sought.excerpt);
  if (conversation.earlier === null) return null;
  return {
    missing,
    result: ({ words: there, excerpt }) =>
      missing.every((word) => there.includes(word)) ? hit(sought.excerpt ?? excerpt) : null,
  };
}

/** What a search finds a message by: its words, and the names of its files. */
export function textsOf({ text, attachments = [] }: Pick<MessageView, 'text' | 'attachments'>): string[] {
  return [text, ...attachments.map(({ name }) => name)];
}

/** Runs a generator to its end without pausing. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value as T;
  }
}

export function foundOf(conversation: Searchable, excerpt: string | null): FoundConversation {
  const { conversationId, customerId, customerName, groupId, openedAt, closedAt, closedBy, preview } = conversation;
  const earlier = conversation.earlier?.agents.map(({ name }) => name) ?? [];
  const names = conversation.messages.flatMap(({ from }) => (from.kind === 'agent' ? [from.name] : []));
  const agentNames = [...new Set([...earlier, ...names])];
  const { tags, wrapUpCode, rating, left } = conversation;
  const ended = { endedAt: closedAt, endedBy: closedBy };
  return {
    conversationId,
    customerId,
    customerName,
    groupId,
    openedAt,
    ...ended,
    agentNames,
    preview,
    excerpt,
    tags: [...tags],
    wrapUpCode,
    ...(rating ? { rating } : {}),
    ...(left ? { left } : {}),
  };
}

/** Checks rights and every filter except the words, which cost most. */
function isWanted(search: Search, conversation: Searchable): boolean {
  const { customerId, agentId, groupId, stage, from, before, asOf, after, reader } = search;
  const { openedAt, closedAt } = conversation;
  if (openedAt > asOf) return false;
  if (search.tag !== undefined && !conversation.tags.includes(search.tag)) return false;
  if (search.wrapUpCode !== undefined && conversation.wrapUpCode !== search.wrapUpCode) return false;
  if (search.scoreMax !== undefined && !(conversation.rating && conversation.rating.score <= search.scoreMax))
    return false;
  if (customerId !== undefined && conversation.customerId !== customerId) return false;
  if (groupId !== undefined && conversation.groupId !== groupId) return false;
  if (stage !== undefined && (closedAt === null) !== (stage === 'open')) return false;
  const at = closedAt ?? openedAt;
  if ((from !== undefined && at < from) || (before !== undefined && at >= before)) return false;
  if (after && comparePositions(positionOf(conversation, asOf), after) <= 0) return false;
  if (agentId !== undefined && !isWith(agentId, conversation)) return false;
  return reader.allowed.includes(relationTo(reader, conversation));
}

function isWith(agentId: string, { holders, messages, earlier }: Searchable): boolean {
  if (holders.includes(agentId) || earlier?.agents.some((each) => each.agentId === agentId)) return true;
  return messages.some(({ from }) => from.kind === 'agent' && from.agentId === agentId);
}
