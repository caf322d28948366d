import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditEntry } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { MessageView } from '../../../shared/protocol/views';
import { SoughtKeys } from '../search/day-filter';
import { LineSieve } from '../search/line-sieve';
import { comparePositions, positionOf } from '../search/position';
import { type EarlierLook, finished, type Hit, match as matchOf, type Search, type Searchable } from '../search/search';
import type { PastCustomer } from '../state/records';
import { dayLines, idIn, isPart, readDay } from './archive-day';
import { readIndex } from './archive-index';
import { type ArchivedConversation, searchable } from './archived-conversation';
import { readMonth } from './audit-files';
import { findPast, type Sought } from './customer-files';
import type { Disk } from './disk';
import { earlierPage, type FoundInPages, fileInPages, type Paged, pagedOf, wordsInPages } from './pages';

/**
 * A task for the archive's reader thread: which days of the archive may have something, one day of it, one month of the
 * audit log, one conversation's pages of messages that have left the state, or one customer who has.
 */
export type ArchiveTask =
  | { kind: 'narrow'; days: readonly string[]; search: Search }
  | { kind: 'search'; day: string; search: Search; length: number }
  | { kind: 'read'; day: string; sought: SoughtConversation }
  | { kind: 'count'; day: string }
  | { kind: 'audit'; month: string; before: AuditCursor | null; length: number }
  | { kind: 'earlier'; of: Paged; before: string; withNotes: boolean }
  | { kind: 'words'; of: Paged; words: readonly string[] }
  | { kind: 'file'; of: Paged; attachmentId: string }
  | { kind: 'past'; sought: Sought };

/** By its id, or a customer's by when it ended. */
export type SoughtConversation = { conversationId: string } | { customerId: string; endedAt: number };

export interface ArchiveFound {
  /** Newest first, `length` of them at most. */
  found: Hit[];
  /** How much was searched, in bytes; of pages, in characters. */
  bytes: number;
}

const foundBlock = 1_000;

export type ArchiveAnswer =
  | { days: string[] }
  | ArchiveFound
  | { conversation: Searchable | null }
  | { conversations: number }
  | { entries: AuditEntry[] }
  | { page: MessagePage<MessageView> }
  | { inPages: FoundInPages }
  | { file: AttachmentView | null }
  | { past: PastCustomer | null };

/** Skips unreadable parts of the archive; repair happens elsewhere. */
export function askArchive(disk: Disk, folder: string, task: ArchiveTask): ArchiveAnswer {
  if (task.kind === 'narrow') return { days: narrowed(disk, folder, task) };
  if (task.kind === 'search') return searchDay(disk, folder, task);
  if (task.kind === 'audit') return { entries: readMonth(disk, folder, task.month, task.before, task.length) };
  if (task.kind === 'earlier') return { page: earlierPage(disk, folder, task.of, task) };
  if (task.kind === 'words') return { inPages: wordsInPages(disk, folder, task.of, task.words) };
  if (task.kind === 'file') return { file: fileInPages(disk, folder, task.of, task.attachmentId) };
  if (task.kind === 'past') return { past: findPast(disk, folder, task.sought) };
  if (task.kind === 'count') return { conversations: countDay(disk, folder, task.day) };
  return { conversation: readConversation(disk, folder, task) };
}

function readConversation(
  disk: Disk,
  folder: string,
  { day, sought }: Extract<ArchiveTask, { kind: 'read' }>,
): Searchable | null {
  const id = Buffer.from(JSON.stringify('conversationId' in sought ? sought.conversationId : sought.customerId));
  for (const { conversation } of readDay(disk, folder, day, { isOf: (line) => line.includes(id) }))
    if (conversation && isSought(conversation, sought)) return searchable(conversation);
  return null;
}

/** Left messages are in the archive, too, and were no conversation with anybody. */
function isSought(conversation: ArchivedConversation, sought: SoughtConversation): boolean {
  if ('conversationId' in sought) return conversation.conversationId === sought.conversationId;
  const { customerId, closedAt, left } = conversation;
  return customerId === sought.customerId && closedAt === sought.endedAt && left === undefined;
}

/** The days that their index does not rule out. */
function narrowed(disk: Disk, folder: string, task: Extract<ArchiveTask, { kind: 'narrow' }>): string[] {
  const sought = new SoughtKeys(task.search);
  if (sought.areNone) return [...task.days];
  return task.days.filter((day) => {
    const index = readIndex(disk, folder, day);
    return !index?.isWhole || sought.mayBeIn(index.bits);
  });
}

/** Each conversation has one line that is no part, in whatever state it is. */
function countDay(disk: Disk, folder: string, day: string): number {
  const ids = new Set<string>();
  for (const line of dayLines(disk, folder, day)) if (!isPart(line)) ids.add(idIn(line));
  ids.delete('');
  return ids.size;
}

function searchDay(disk: Disk, folder: string, task: Extract<ArchiveTask, { kind: 'search' }>): ArchiveFound {
  const { day, search, length } = task;
  const place = ({ found: { conversationId, openedAt, endedAt } }: Hit) =>
    positionOf({ conversationId, openedAt, closedAt: endedAt }, search.asOf);
  const newest = (found: Hit[]) => found.sort((a, b) => comparePositions(place(a), place(b))).slice(0, length);
  let found: Hit[] = [];
  let dayBytes = 0;
  let pagesLength = 0;
  const inPages = (known: Searchable, { missing, result }: EarlierLook) => {
    const words = wordsInPages(disk, folder, pagedOf(known), missing);
    pagesLength += words.looked;
    return result(words);
  };
  const sought = new SoughtKeys(search);
  const index = sought.areNone ? null : readIndex(disk, folder, day);
  // What the day has beyond its index is searched in any case.
  const from = index && !sought.mayBeIn(index.bits) ? index.bytes : 0;
  const sieve = new LineSieve(search);
  const isOf = (line: Buffer) => {
    dayBytes += line.length;
    return sieve.mayMatch(line);
  };
  for (const { conversation, to } of readDay(disk, folder, day, { from, isOf })) {
    // Parts of long conversations are read in any case.
    dayBytes = Math.max(dayBytes, to - from);
    const known = conversation && searchable(conversation);
    const match = known && finished(matchOf(search, known));
    const one = match && 'missing' in match ? inPages(known, match) : match;
    if (one) found.push(one);
    // Trimmed in blocks, because each trim sorts all hits.
    if (found.length > 2 * length + foundBlock) found = newest(found);
  }
  return { found: newest(found), bytes: dayBytes + pagesLength };
}
