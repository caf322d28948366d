import * as z from 'zod';
import { customerPage } from './customer-profile';
import { id } from './fields';
import { messageId } from './message-page';

/**
 * Signals are of use for a moment only: they are neither numbered, acknowledged nor recorded, and are dropped when a
 * line is slow. One from a client without the right to send it is silently ignored.
 */

/** Is typing: `on` is repeated every few seconds, `off` is sent when the text has been deleted. */
const typing = { type: z.literal('typing'), on: z.boolean() };
/** Has read up to this message. */
const seen = { type: z.literal('seen'), messageId };

export const customerTyping = z.strictObject(typing);
export const customerSeen = z.strictObject(seen);
/** Goes on from another page of the site that embeds the chat. */
export const customerMoved = z.strictObject({ type: z.literal('page'), page: customerPage });
export const agentTyping = z.strictObject({ ...typing, conversationId: id });
export const agentSeen = z.strictObject({ ...seen, conversationId: id });

/** The customer of this conversation. */
export const typingToAgent = z.object({ ...typing, conversationId: id });
/** The agent who serves the customer. */
export const typingToCustomer = z.object(typing);

/** How often a sender repeats `on` while they type. */
export const typingEveryMs = 3_000;
/** How long a receiver shows the typing without another `on`. */
export const typingGoneMs = 6_000;

export type CustomerSignal =
  | z.infer<typeof customerTyping>
  | z.infer<typeof customerSeen>
  | z.infer<typeof customerMoved>;
export type AgentSignal = z.infer<typeof agentTyping> | z.infer<typeof agentSeen>;
export type SignalToAgent = z.infer<typeof typingToAgent>;
export type SignalToCustomer = z.infer<typeof typingToCustomer>;
