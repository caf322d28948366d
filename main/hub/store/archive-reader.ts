import * as z from 'zod';
import type { FoundConversation } from '../../../shared/protocol/history';
import { messageView } from '../../../shared/protocol/views';
import { comparePositions, positionOf } from '../history/position';
import { match, type Search, type Searchable } from '../history/search';
import { type ArchivedConversation, readDay } from './archive';
import type { Disk } from './disk';

/** What is asked of the archive, one day at a time: a day is what is looked through at once. */
export type ArchiveTask =
  | { kind: 'search'; day: string; search: Search; length: number }
  | { kind: 'read'; day: string; conversationId: string }
  | { kind: 'count'; day: string };

export interface ArchiveFound {
  /** Newest first, `length` of them at most. */
  found: FoundConversation[];
  /** How much was looked through. */
  bytes: number;
}

export type ArchiveAnswer = ArchiveFound | { conversation: Searchable | null } | { conversations: number };

/** Lines that can't be read are passed by: the archive is mended elsewhere. */
export function askArchive(disk: Disk, folder: string, task: ArchiveTask): ArchiveAnswer {
  const { conversations, whole } = readDay(disk, folder, task.day);
  if (task.kind === 'count') return { conversations: conversations.length };
  if (task.kind === 'read') {
    const wanted = conversations.find(({ conversationId }) => conversationId === task.conversationId);
    return { conversation: wanted ? searchable(wanted) : null };
  }
  const { search, length } = task;
  const place = ({ conversationId, openedAt, endedAt }: FoundConversation) =>
    positionOf({ conversationId, openedAt, closedAt: endedAt }, search.asOf);
  const found = conversations.flatMap((each) => {
    const known = searchable(each);
    return (known && match(search, known)) ?? [];
  });
  found.sort((a, b) => comparePositions(place(a), place(b)));
  return { found: found.slice(0, length), bytes: whole.length };
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
});

function searchable(conversation: ArchivedConversation): Searchable | null {
  if (!wholeLine.safeParse(conversation).success) return null;
  const { conversationId, customerId, groupId, openedAt, closedAt, closedBy, note, preview, messages } = conversation;
  const customerName = conversation.customer?.name ?? '';
  const { tags = [], wrapUpCode = null } = conversation;
  const end = { openedAt, closedAt, closedBy, tags, wrapUpCode };
  return { conversationId, customerId, customerName, groupId, ...end, holders: [], note, preview, messages };
}
