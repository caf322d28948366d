import type { FoundConversation, HistoryCursor, HistoryStage } from '../../../shared/protocol/history';
import type { MessageView } from '../../../shared/protocol/views';
import type { Relation } from '../state/relation';
import type { EarlierMessages } from '../state/thread';
import { comparePositions, positionOf } from './position';
import { SoughtWords, type WordsFound } from './sought-words';

/** Who searches, as plain data, so that another thread can decide by it. */
export interface Reader {
  agentId: string;
  groupIds: readonly string[];
  /** What `conversation.read` is allowed on. */
  allowed: readonly Relation[];
}

/** What is looked for, and from where on. */
export interface Search {
  words: readonly string[];
  customerId: string | undefined;
  agentId: string | undefined;
  groupId: string | undefined;
  stage: HistoryStage | undefined;
  from: number | undefined;
  before: number | undefined;
  tag: string | undefined;
  wrapUpCode: string | undefined;
  asOf: number;
  after: HistoryCursor | null;
  reader: Reader;
}

/** A conversation on the desk or in the archive. */
export interface Searchable {
  conversationId: string;
  customerId: string;
  customerName: string;
  groupId: string;
  openedAt: number;
  closedAt: number | null;
  closedBy: FoundConversation['endedBy'];
  tags: readonly string[];
  wrapUpCode: string | null;
  /** Who has it now, and who is to get it. */
  holders: readonly string[];
  note: string | null;
  preview: string;
  messages: readonly MessageView[];
  /** What was said before those. */
  earlier: EarlierMessages | null;
  /** Of a left message. */
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
  /** It shows text of a conversation that `isOthers`. */
  showsOthers: boolean;
}

/** The words that may still stand in what has left the state, and what comes of it. */
export interface EarlierLook {
  missing: readonly string[];
  result(found: WordsFound): Hit | null;
}

/**
 * What the history shows of it, or null when it is not looked for or not for this reader. Yields how many characters it
 * has looked through since the last time, so that a caller whose thread must stay free can pause there.
 */
export function* match(search: Search, conversation: Searchable): Generator<number, Hit | EarlierLook | null> {
  if (!isWanted(search, conversation)) return null;
  const { words } = search;
  if (words.length === 0) return { found: foundOf(conversation, null), showsOthers: false };
  const sought = new SoughtWords(words);
  yield* sought.inName(conversation.customerName);
  yield* sought.inText(conversation.note ?? '');
  yield* sought.inText(conversation.left?.contact ?? '');
  for (const { text } of conversation.messages) yield* sought.inText(text);
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

/** Runs the work to its end without pausing. */
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
  const { tags, wrapUpCode, left } = conversation;
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
    ...(left ? { left } : {}),
  };
}

/** All but the words, which cost most. */
function isWanted(search: Search, conversation: Searchable): boolean {
  const { customerId, agentId, groupId, stage, from, before, asOf, after, reader } = search;
  const { openedAt, closedAt } = conversation;
  if (openedAt > asOf) return false;
  if (search.tag !== undefined && !conversation.tags.includes(search.tag)) return false;
  if (search.wrapUpCode !== undefined && conversation.wrapUpCode !== search.wrapUpCode) return false;
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
