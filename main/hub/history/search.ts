import Pinyin from 'pinyin-match';
import type { FoundConversation, HistoryCursor, HistoryStage } from '../../../shared/protocol/history';
import type { MessageView } from '../../../shared/protocol/views';
import { excerptAround, fold, maySpell, spelledMax } from '../../../shared/search-words';
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

/** Whether to read it is to read what is somebody else's: not one's own, nor what waits in one's group for whoever comes. */
export function isOthers(relation: Relation, { closedAt, holders }: Searchable): boolean {
  return relation === 'other' || (relation === 'group' && (closedAt !== null || holders.length > 0));
}

export interface Hit {
  found: FoundConversation;
  /** It shows words that were not said to whoever searches. */
  showsOthers: boolean;
}

/** Looking for a word in a name's pinyin, and making an excerpt, take as long as looking through so many characters. */
const spellingCost = 16 * 1024;
const excerptCost = 32 * 1024;

/**
 * What the history shows of it, or null when it is not looked for or not for this reader. Yields how many characters it
 * has looked through since the last time: whoever must not be held up for long goes on later.
 */
export function* match(search: Search, conversation: Searchable): Generator<number, Hit | null> {
  if (!isWanted(search, conversation)) return null;
  const { words } = search;
  if (words.length === 0) return { found: foundOf(conversation, null), showsOthers: false };
  const sought = new SoughtWords(words);
  yield* sought.inName(conversation.customerName);
  yield* sought.inText(conversation.note ?? '');
  yield* sought.inText(conversation.left?.contact ?? '');
  for (const { text } of conversation.messages) yield* sought.inText(text);
  if (!sought.areFound) return null;
  const { excerpt } = sought;
  const showsOthers = excerpt !== null && isOthers(relationTo(search.reader, conversation), conversation);
  return { found: foundOf(conversation, excerpt), showsOthers };
}

/** The result of work that nobody waits for. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value as T;
  }
}

/** The words of a search, while the texts of one conversation are looked through. None spans two texts. */
class SoughtWords {
  /** Around the first of them in what was said. */
  excerpt: string | null = null;
  private readonly missing: Set<string>;

  constructor(private readonly words: readonly string[]) {
    this.missing = new Set(words);
  }

  get areFound(): boolean {
    return this.missing.size === 0;
  }

  *inName(name: string): Generator<number> {
    const folded = fold(name);
    for (const word of this.words) {
      if (folded.includes(word)) this.missing.delete(word);
      else if (maySpell(word, name)) {
        if (isSpelled(word, name)) this.missing.delete(word);
        yield spellingCost;
      }
    }
  }

  *inText(text: string): Generator<number> {
    if (this.areFound && this.excerpt !== null) return;
    const folded = fold(text);
    const here = this.words.filter((word) => folded.includes(word));
    for (const word of here) this.missing.delete(word);
    yield text.length;
    if (here.length === 0 || this.excerpt !== null) return;
    this.excerpt = excerptAround(text, here);
    yield excerptCost;
  }
}

/** A customer's name may be looked for in pinyin: "wangfang" and "wf" find "王芳". */
function isSpelled(word: string, name: string): boolean {
  return Pinyin.match(name.slice(0, spelledMax), word) !== false;
}

export function foundOf(conversation: Searchable, excerpt: string | null): FoundConversation {
  const { conversationId, customerId, customerName, groupId, openedAt, closedAt, closedBy, preview } = conversation;
  const names = conversation.messages.flatMap(({ from }) => (from.kind === 'agent' ? [from.name] : []));
  const agentNames = [...new Set(names)];
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

function isWith(agentId: string, { holders, messages }: Searchable): boolean {
  return holders.includes(agentId) || messages.some(({ from }) => from.kind === 'agent' && from.agentId === agentId);
}
