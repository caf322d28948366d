import Pinyin from 'pinyin-match';
import type { FoundConversation, HistoryCursor, HistoryStage } from '../../../shared/protocol/history';
import type { MessageView } from '../../../shared/protocol/views';
import { excerptAround, fold, maySpell } from '../../../shared/search-words';
import type { Relation } from '../identity/roles';
import { comparePositions, positionOf } from './position';

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
}

export function relationTo(
  { agentId, groupIds }: Pick<Reader, 'agentId' | 'groupIds'>,
  conversation: Searchable,
): Relation {
  if (isWith(agentId, conversation)) return 'own';
  return groupIds.includes(conversation.groupId) ? 'group' : 'other';
}

/** What the history shows of it, or null when it is not looked for or not for this reader. */
export function match(search: Search, conversation: Searchable): FoundConversation | null {
  if (!isWanted(search, conversation)) return null;
  const { words } = search;
  if (words.length === 0) return foundOf(conversation, null);
  const texts = [conversation.customerName, conversation.note ?? '', ...conversation.messages.map(({ text }) => text)];
  // Words never span two texts: they have no line breaks in them.
  const all = fold(texts.join('\n'));
  if (!words.every((word) => all.includes(word) || isSpelled(word, conversation.customerName))) return null;
  const [, ...said] = texts;
  const excerpts = said.map((text) => excerptAround(text, words));
  return foundOf(conversation, excerpts.find((each) => each !== null) ?? null);
}

/** A customer's name may be looked for in pinyin: "wangfang" and "wf" find "王芳". */
function isSpelled(word: string, name: string): boolean {
  return maySpell(word, name) && Pinyin.match(name, word) !== false;
}

export function foundOf(conversation: Searchable, excerpt: string | null): FoundConversation {
  const { conversationId, customerId, customerName, groupId, openedAt, closedAt, closedBy, preview } = conversation;
  const names = conversation.messages.flatMap(({ from }) => (from.kind === 'agent' ? [from.name] : []));
  const agentNames = [...new Set(names)];
  const { tags, wrapUpCode } = conversation;
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

function isWith(agentId: string, { holders, messages }: Searchable): boolean {
  return holders.includes(agentId) || messages.some(({ from }) => from.kind === 'agent' && from.agentId === agentId);
}
