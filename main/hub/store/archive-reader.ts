import * as z from 'zod';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditEntry } from '../../../shared/protocol/audit';
import { foundConversation } from '../../../shared/protocol/history';
import { type MessagePage, messageId } from '../../../shared/protocol/message-page';
import { type MessageView, messageView } from '../../../shared/protocol/views';
import { comparePositions, positionOf } from '../search/position';
import { type EarlierLook, finished, type Hit, match as matchOf, type Search, type Searchable } from '../search/search';
import { readDay } from './archive-day';
import type { ArchivedConversation } from './archived-conversation';
import { readMonth } from './audit-files';
import type { Disk } from './disk';
import { earlierPage, type FoundInPages, fileInPages, type Paged, pagedOf, wordsInPages } from './pages';

/**
 * A task for the archive's reader thread: one day of the archive, one month of the audit log, or one conversation's
 * pages of messages that have left the state.
 */
export type ArchiveTask =
  | { kind: 'search'; day: string; search: Search; length: number }
  | { kind: 'read'; day: string; conversationId: string }
  | { kind: 'count'; day: string }
  | { kind: 'audit'; month: string; before: AuditCursor | null; length: number }
  | { kind: 'earlier'; of: Paged; before: string; withNotes: boolean }
  | { kind: 'words'; of: Paged; words: readonly string[] }
  | { kind: 'file'; of: Paged; attachmentId: string };

export interface ArchiveFound {
  /** Newest first, `length` of them at most. */
  found: Hit[];
  /** How much was searched, in bytes; of pages, in characters. */
  bytes: number;
}

const foundBlock = 1_000;

export type ArchiveAnswer =
  | ArchiveFound
  | { conversation: Searchable | null }
  | { conversations: number }
  | { entries: AuditEntry[] }
  | { page: MessagePage<MessageView> }
  | { inPages: FoundInPages }
  | { file: AttachmentView | null };

/** Skips unreadable parts of the archive; repair happens elsewhere. */
export function askArchive(disk: Disk, folder: string, task: ArchiveTask): ArchiveAnswer {
  if (task.kind === 'search') return searchDay(disk, folder, task);
  if (task.kind === 'audit') return { entries: readMonth(disk, folder, task.month, task.before, task.length) };
  if (task.kind === 'earlier') return { page: earlierPage(disk, folder, task.of, task) };
  if (task.kind === 'words') return { inPages: wordsInPages(disk, folder, task.of, task.words) };
  if (task.kind === 'file') return { file: fileInPages(disk, folder, task.of, task.attachmentId) };
  let conversations = 0;
  for (const { conversation } of readDay(disk, folder, task.day)) {
    if (!conversation) continue;
    conversations += 1;
    if (task.kind === 'read' && conversation.conversationId === task.conversationId)
      return { conversation: searchable(conversation) };
  }
  return task.kind === 'read' ? { conversation: null } : { conversations };
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
  for (const { conversation, to } of readDay(disk, folder, day)) {
    dayBytes = to;
    const known = conversation && searchable(conversation);
    const match = known && finished(matchOf(search, known));
    const one = match && 'missing' in match ? inPages(known, match) : match;
    if (one) found.push(one);
    // Trimmed in blocks, because each trim sorts all hits.
    if (found.length > 2 * length + foundBlock) found = newest(found);
  }
  return { found: newest(found), bytes: dayBytes + pagesLength };
}

const earlierMessages = z.object({
  count: z.number(),
  agents: z.array(z.object({ agentId: z.string(), name: z.string() })),
  withFiles: z.array(messageId),
});

/** Fields every line must have; a damaged line may be valid JSON and lack some. */
const wholeLine = z.looseObject({
  customerId: z.string(),
  groupId: z.string(),
  openedAt: z.number(),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  note: z.string().nullable(),
  preview: z.string(),
  customer: z.object({ name: z.string() }).nullable(),
  messages: z.array(messageView),
  tags: z.array(z.string()),
  wrapUpCode: z.string().nullable(),
  left: foundConversation.shape.left,
  earlier: earlierMessages.nullable(),
});

function searchable(conversation: ArchivedConversation): Searchable | null {
  if (!wholeLine.safeParse(conversation).success) return null;
  const { conversationId, customerId, groupId, openedAt, closedAt, closedBy, note, preview, messages } = conversation;
  const customerName = conversation.customer?.name ?? '';
  const { tags, wrapUpCode, earlier, left } = conversation;
  const about = { holders: left?.seenTo ? [left.seenTo.agentId] : [], ...(left ? { left } : {}) };
  const end = { openedAt, closedAt, closedBy, tags, wrapUpCode };
  return { conversationId, customerId, customerName, groupId, ...end, ...about, note, preview, messages, earlier };
}
