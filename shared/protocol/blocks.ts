import * as z from 'zod';
import { count, epochMs, id, name } from './fields';
import { blockNoteMax } from './limits';

const minuteMs = 60_000;
const yearMs = 365 * 24 * 60 * minuteMs;
/** How long a customer is blocked, in milliseconds; null: for good. */
export const blockForMs = z.number().int().min(minuteMs).max(yearMs).nullable();
/** The reason, for colleagues; may be empty. */
export const blockNote = z.string().trim().max(blockNoteMax);

/** A blocked customer, recognised by their browser's token, and by the address if one is set. */
export const blockView = z.object({
  blockId: id,
  customerId: id,
  /** Null: the hub keeps no other data of this customer any more. */
  customerName: name.nullable(),
  /** Blocked in addition to the token: an IPv4 address, or the /64 of an IPv6 one. Null: the token only. */
  address: z.string().nullable(),
  note: blockNote,
  by: z.object({ agentId: id, name }),
  at: epochMs,
  /** Null: for good. */
  until: epochMs.nullable(),
});

/** A customer's present address, null if it can't be blocked; `others`: other customers connected from it. */
export const customerAddress = z.object({ address: z.string().nullable(), others: count });

export type BlockView = z.infer<typeof blockView>;
export type CustomerAddress = z.infer<typeof customerAddress>;
