import * as z from 'zod';
import { epochMs, id } from './fields';
import { label } from './labels';
import { searchTextMax } from './limits';
import { rating, score } from './rating';
import { messageView } from './views';

const historyPageMax = 50;

/**
 * The cursor of a search. Conversations that end or begin after `asOf`, the time of its first page, do not shift later
 * pages: no page repeats or leaves out a conversation.
 */
export const historyCursor = z.strictObject({
  asOf: epochMs,
  /** Null: the search is still among the open conversations. */
  endedAt: epochMs.nullable(),
  openedAt: epochMs,
  /** Empty: no conversation of that moment has been listed. */
  conversationId: z.string().max(64),
});

/** The fields of `conversation.find`. */
export const historySearch = {
  /**
   * Every word has to occur in the customer's name (pinyin matches too) or contact, a message, a file's name or a note. A
   * phone number matches a contact however it is written. Empty: matches all.
   */
  text: z.string().max(searchTextMax),
  customerId: id.optional(),
  /** An agent who wrote in it or has it now. */
  agentId: id.optional(),
  groupId: id.optional(),
  stage: z.enum(['open', 'ended']).optional(),
  tag: label.optional(),
  wrapUpCode: label.optional(),
  /** Rated, with at most this many points; the most there are: rated at all. */
  scoreMax: score.optional(),
  /** When it ended or, if it is still open, was opened: `from` is inclusive, `before` exclusive. */
  from: epochMs.optional(),
  before: epochMs.optional(),
  after: historyCursor.nullable(),
  length: z.number().int().min(1).max(historyPageMax),
};

/** The agent who dealt with a left message, and when. */
const leftSeenTo = z.object({ agentId: id, name: z.string(), at: epochMs });

/** A row of the history: a conversation, or a left message as a conversation of one message, ended when dealt with. */
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
  /** The text around the matched words; null: they match the name, or the query was empty. */
  excerpt: z.string().nullable(),
  tags: z.array(z.string()),
  /** The wrap-up code chosen when it was closed. */
  wrapUpCode: z.string().nullable(),
  /** What its customer said of it. Absent: nothing. */
  rating: rating.optional(),
  /** Left messages only: the customer's contact, and who dealt with it (null: still open). Absent: a conversation. */
  left: z.object({ contact: z.string(), seenTo: leftSeenTo.nullable() }).optional(),
});

/** `next` null: the last page. Others may be short or even empty: the hub looks through only so much per request. */
export const historyPage = z.object({ found: z.array(foundConversation), next: historyCursor.nullable() });

export const readConversation = z.object({
  conversation: foundConversation,
  note: z.string().nullable(),
  /** The newest messages, or those before the requested one. */
  messages: z.array(messageView),
  earlier: z.boolean(),
});

export type LeftSeenTo = z.infer<typeof leftSeenTo>;
export type HistoryCursor = z.infer<typeof historyCursor>;
export type HistoryStage = 'open' | 'ended';
export type FoundConversation = z.infer<typeof foundConversation>;
export type HistoryPage = z.infer<typeof historyPage>;
export type ReadConversation = z.infer<typeof readConversation>;
