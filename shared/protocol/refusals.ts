import * as z from 'zod';
import { count, epochMs } from './fields';

/** What strangers are refused when they do too much of it. */
const refusedWhat = z.enum(['lines', 'frames', 'commands', 'conversations', 'leftMessages', 'uploads']);

/** One for each kind and address, counting up while it goes on. */
export const refusalView = z.object({
  what: refusedWhat,
  /** IPv4, or the /64 of an IPv6; null: the hub is full, for everybody. */
  address: z.string().nullable(),
  count,
  since: epochMs,
  /** The last one. */
  at: epochMs,
});

export type RefusedWhat = z.infer<typeof refusedWhat>;
export type RefusalView = z.infer<typeof refusalView>;
