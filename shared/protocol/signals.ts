import * as z from 'zod';
import { id } from './fields';
import { messageId } from './message-page';

/**
 * Signals are worth something for a moment only: neither numbered nor answered nor recorded, and dropped where a line
 * is slow. Who may not send one is not heard.
 */

/** The writer of the next reply; `on` again every few seconds, off when there is nothing left of it. */
const typing = { type: z.literal('typing'), on: z.boolean() };
/** Has read up to this message. */
const seen = { type: z.literal('seen'), messageId };

export const customerTyping = z.strictObject(typing);
export const customerSeen = z.strictObject(seen);
export const agentTyping = z.strictObject({ ...typing, conversationId: id });
export const agentSeen = z.strictObject({ ...seen, conversationId: id });

/** The customer of this conversation. */
export const typingToAgent = z.object({ ...typing, conversationId: id });
/** The agent who serves the customer. */
export const typingToCustomer = z.object(typing);

/** A sender says `on` again this often while they type. */
export const typingEveryMs = 3_000;
/** A receiver forgets it when it has not come again for so long. */
export const typingGoneMs = 6_000;

export type CustomerSignal = z.infer<typeof customerTyping> | z.infer<typeof customerSeen>;
export type AgentSignal = z.infer<typeof agentTyping> | z.infer<typeof agentSeen>;
export type SignalToAgent = z.infer<typeof typingToAgent>;
export type SignalToCustomer = z.infer<typeof typingToCustomer>;
