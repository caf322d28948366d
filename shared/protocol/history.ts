import * as z from 'zod';
import { epochMs, id } from './fields';
import { label } from './labels';
import { searchTextMax } from './limits';
import { messageView } from './views';

const historyPageMax = 50;

/**
 * How far a search has come. What ends or begins after `asOf`, when its first page was asked for, moves nothing: no page
 * repeats or leaves out what an earlier one began.
 */
export const historyCursor = z.strictObject({
  asOf: epochMs,
  /** Null: still among those that were open. */
  endedAt: epochMs.nullable(),
  openedAt: epochMs,
  /** Empty: none of that moment. */
  conversationId: z.string().max(64),
});

/** The fields of `conversation.find`. */
export const historySearch = {
  /** Every word stands in the customer's name (which may be spelled in pinyin), a message or a note; empty: all. */
  text: z.string().max(searchTextMax),
  customerId: id.optional(),
  /** Who wrote in it, or has it. */
  agentId: id.optional(),
  groupId: id.optional(),
  stage: z.enum(['open', 'ended']).optional(),
  tag: label.optional(),
  wrapUpCode: label.optional(),
  /** When it ended, or was opened while it is open: `from` is within, `before` is not. */
  from: epochMs.optional(),
  before: epochMs.optional(),
  after: historyCursor.nullable(),
  length: z.number().int().min(1).max(historyPageMax),
};

/** Who has seen to a left message, and when. */
const leftSeenTo = z.object({ agentId: id, name: z.string(), at: epochMs });

/** A conversation as the history shows it, or a left message: a conversation of one message, ended when it was seen to. */
export const foundConversation = z.object({
  conversationId: id,
  customerId: id,
  customerName: z.string(),
  groupId: id,
  openedAt: epochMs,
  endedAt: epochMs.nullable(),
  endedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  /** Names of the agents who wrote in it. */
  agentNames: z.array(z.string()),
  /** The customer's first words, shortened. */
  preview: z.string(),
  /** Where the words of the search stand; null: in the name, or nothing was searched for. */
  excerpt: z.string().nullable(),
  tags: z.array(z.string()),
  /** How it ended, as noted when it was closed. */
  wrapUpCode: z.string().nullable(),
  /** Of a left message: how to reach its customer, and who has seen to it (null: nobody yet). Absent: a conversation. */
  left: z.object({ contact: z.string(), seenTo: leftSeenTo.nullable() }).optional(),
});

/** `next` null: that was all. A page may be short or empty with more to come: only so much is looked through at once. */
export const historyPage = z.object({ found: z.array(foundConversation), next: historyCursor.nullable() });

export const readConversation = z.object({
  conversation: foundConversation,
  note: z.string().nullable(),
  /** The newest, or those before the one that was named. */
  messages: z.array(messageView),
  earlier: z.boolean(),
});

export type LeftSeenTo = z.infer<typeof leftSeenTo>;
export type HistoryCursor = z.infer<typeof historyCursor>;
export type HistoryStage = 'open' | 'ended';
export type FoundConversation = z.infer<typeof foundConversation>;
export type HistoryPage = z.infer<typeof historyPage>;
export type ReadConversation = z.infer<typeof readConversation>;
