import * as z from 'zod';
import type { AuditCursor, AuditEntry } from '../../../shared/protocol/audit';
import { foundConversation } from '../../../shared/protocol/history';
import { messageView } from '../../../shared/protocol/views';
import { comparePositions, positionOf } from '../history/position';
import { finished, type Hit, match as matchOf, type Search, type Searchable } from '../history/search';
import { type ArchivedConversation, readDay } from './archive-day';
import { readMonth } from './audit-files';
import type { Disk } from './disk';

/**
 * What is asked of the archive, one day at a time: a day is what is looked through at once. And of the audit log, a month
 * at a time.
 */
export type ArchiveTask =
  | { kind: 'search'; day: string; search: Search; length: number }
  | { kind: 'read'; day: string; conversationId: string }
  | { kind: 'count'; day: string }
  | { kind: 'audit'; month: string; before: AuditCursor | null; length: number };

export interface ArchiveFound {
  /** Newest first, `length` of them at most. */
  found: Hit[];
  /** How much was looked through. */
  bytes: number;
}

const foundBlock = 1_000;

export type ArchiveAnswer =
  | ArchiveFound
  | { conversation: Searchable | null }
  | { conversations: number }
  | { entries: AuditEntry[] };

/** What can't be read is passed by: the archive is mended elsewhere. */
export function askArchive(disk: Disk, folder: string, task: ArchiveTask): ArchiveAnswer {
  if (task.kind === 'search') return searchDay(disk, folder, task);
  if (task.kind === 'audit') return { entries: readMonth(disk, folder, task.month, task.before, task.length) };
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
  let bytes = 0;
  for (const { conversation, to } of readDay(disk, folder, day)) {
    bytes = to;
    const known = conversation && searchable(conversation);
    const match = known && finished(matchOf(search, known));
    if (match) found.push(match);
    // In blocks: each time all that were found are sorted.
    if (found.length > 2 * length + foundBlock) found = newest(found);
  }
  return { found: newest(found), bytes };
}

/** What every line has had since the first; a damaged one may be JSON and lack it. */
const wholeLine = z.looseObject({
  customerId: z.string(),
  groupId: z.string(),
  openedAt: z.number(),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  note: z.string().nullable(),
  preview: z.string(),
  customer: z.object({ name: z.string() }).nullable(),
  messages: z.array(messageView),
  /** Older lines have neither. */
  tags: z.array(z.string()).optional(),
  wrapUpCode: z.string().nullable().optional(),
  left: foundConversation.shape.left,
});

function searchable(conversation: ArchivedConversation): Searchable | null {
  if (!wholeLine.safeParse(conversation).success) return null;
  const { conversationId, customerId, groupId, openedAt, closedAt, closedBy, note, preview, messages } = conversation;
  const customerName = conversation.customer?.name ?? '';
  const { tags = [], wrapUpCode = null, left } = conversation;
  const about = { holders: left?.seenTo ? [left.seenTo.agentId] : [], ...(left ? { left } : {}) };
  const end = { openedAt, closedAt, closedBy, tags, wrapUpCode };
  return { conversationId, customerId, customerName, groupId, ...end, ...about, note, preview, messages };
}
