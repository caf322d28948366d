import * as z from 'zod';
import { count, epochMs, id, name } from './fields';
import { blockNoteMax } from './limits';

const minuteMs = 60_000;
const yearMs = 365 * 24 * 60 * minuteMs;
/** For how long a customer is blocked, in milliseconds; null: for good. */
export const blockForMs = z.number().int().min(minuteMs).max(yearMs).nullable();
/** Why, for colleagues; may be empty. */
export const blockNote = z.string().trim().max(blockNoteMax);

/** A customer from whom nothing is taken, by the token of their browser, and by their address where that is set. */
export const blockView = z.object({
  blockId: id,
  customerId: id,
  /** Null: of the customer nothing else is kept any more. */
  customerName: name.nullable(),
  /** What is blocked beside the token: an IPv4 address, or the /64 of an IPv6 one. Null: nothing. */
  address: z.string().nullable(),
  note: blockNote,
  by: z.object({ agentId: id, name }),
  at: epochMs,
  /** Null: for good. */
  until: epochMs.nullable(),
});

/** Where a customer writes from now, as far as it can be blocked; `others`: customers who are connected from there, too. */
export const customerAddress = z.object({ address: z.string().nullable(), others: count });

export type BlockView = z.infer<typeof blockView>;
export type CustomerAddress = z.infer<typeof customerAddress>;
