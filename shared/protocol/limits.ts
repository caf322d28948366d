/**
 * The limits of texts, numbers and lists: forms show them, the hub's schemas enforce them. Lengths are in code points;
 * an HTML input counts UTF-16 units, which are never fewer. Must not import zod: the customer's page imports this file
 * and has to stay small.
 */

/** Names of people, groups, offices, holidays and devices. */
export const nameMax = 80;
/** The text of one message or canned reply. */
export const messageTextMax = 4_000;
/** A customer's contact details. */
export const contactMax = 200;
/** The comment on a transfer. */
export const transferNoteMax = 1_000;
/** Why an offer is declined. */
export const declineReasonMax = 200;
/** Why a customer is blocked. */
export const blockNoteMax = 200;
/** Agents' note on a left message. */
export const leftNoteMax = 1_000;
/** The query of a history search. */
export const searchTextMax = 200;
/** How a customer rates a conversation that has ended: 1 is the worst. */
export const ratingRange = { min: 1, max: 5 } as const;
export const ratingCommentMax = 1_000;
/** For how long after the end. */
export const rateWithinMs = 12 * 3_600_000;

/** Colleagues mentioned in one note. */
export const mentionsMax = 10;

/** Conversations that one agent serves at a time. */
export const capacityRange = { min: 0, max: 100 } as const;
/** An agent's place in a skill group; 1 is asked first (CH2). */
export const agentPriorityRange = { min: 1, max: 99 } as const;
/** How long ended conversations and the audit log are kept, in days. */
export const retentionDaysRange = { min: 30, max: 3_650 } as const;

/** One tag or wrap-up code, how many of a kind an office has, and how many tags one conversation has. */
export const labelLengthMax = 40;
export const labelsMax = 100;
export const tagsMax = 10;

/** The word typed after `/` to insert a canned reply. */
export const cannedReplyShortcutMax = 40;
/** Canned replies per agent, and shared in the whole office. */
export const ownCannedRepliesMax = 200;
export const sharedCannedRepliesMax = 500;

/** Sites that may show the chat; their list goes into a header, which proxies bound. */
export const sitesMax = 20;
export const siteLengthMax = 100;
/** How long after a page has loaded the widget greets, in seconds. */
export const greetAfterSecondsRange = { min: 0, max: 600 } as const;

/** One sentence of the customers' page, in the office's words. */
export const sentenceMax = 500;

/** The launcher's distance from the sides of the window, in CSS pixels. */
export const launcherDistancePx = { min: 0, max: 400 } as const;

/** Tokens of the API that are valid at a time. */
export const apiTokensMax = 20;

/** Customers who are blocked at a time. */
export const blocksMax = 500;

/** Per attachment, and per message. */
export const attachmentBytesMax = 10 * 1024 ** 2;
export const attachmentsPerMessageMax = 5;
