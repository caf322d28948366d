import * as z from 'zod';
import { foundConversation } from '../../../shared/protocol/history';
import { messageId } from '../../../shared/protocol/message-page';
import { rating } from '../../../shared/protocol/rating';
import { messageView } from '../../../shared/protocol/views';
import type { Searchable } from '../search/search';
import type { Customer } from '../state/customers';
import type { Thread } from '../state/thread';

/** A closed conversation as stored in `archive/<UTC day of closing>.jsonl`. */
export type ArchivedConversation = Thread & {
  /** `contact` absent: none, or from before it was kept here. */
  customer: (Pick<Customer, 'customerId' | 'name' | 'language'> & { contact?: string }) | null;
};

export function archived(conversation: Thread, customer: Customer | undefined): ArchivedConversation {
  const { customerId, name, language, contact } = customer ?? {};
  const known = customerId !== undefined && name !== undefined && language !== undefined;
  return { ...conversation, customer: known ? { customerId, name, language, ...(contact ? { contact } : {}) } : null };
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
  customer: z.object({ name: z.string(), contact: z.string().optional() }).nullable(),
  messages: z.array(messageView),
  tags: z.array(z.string()),
  wrapUpCode: z.string().nullable(),
  rating: rating.optional(),
  endedBefore: z.number().optional(),
  left: foundConversation.shape.left,
  earlier: earlierMessages.nullable(),
});

/** As a search sees it; null when the line lacks something. */
export function searchable(conversation: ArchivedConversation): Searchable | null {
  if (!wholeLine.safeParse(conversation).success) return null;
  const { conversationId, customerId, groupId, openedAt, closedAt, closedBy, note, preview, messages } = conversation;
  const customerName = conversation.customer?.name ?? '';
  const contact = conversation.customer?.contact ?? '';
  const { tags, wrapUpCode, rating, earlier, left, endedBefore } = conversation;
  const about = {
    holders: left?.seenTo ? [left.seenTo.agentId] : [],
    ...(left ? { left } : {}),
    ...(endedBefore === undefined ? {} : { endedBefore }),
  };
  const end = { openedAt, closedAt, closedBy, tags, wrapUpCode, ...(rating ? { rating } : {}) };
  return {
    conversationId,
    customerId,
    customerName,
    contact,
    groupId,
    ...end,
    ...about,
    note,
    preview,
    messages,
    earlier,
  };
}
