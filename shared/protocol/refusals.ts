import * as z from 'zod';
import { count, epochMs } from './fields';

/** The rate-limited actions of strangers; `api`: of programs. */
const refusedWhat = z.enum(['lines', 'frames', 'commands', 'conversations', 'leftMessages', 'uploads', 'api']);

/** One entry per kind and address; its count goes up while the refusals continue. */
export const refusalView = z.object({
  what: refusedWhat,
  /** An IPv4 address, or the /64 of an IPv6 one; null: the hub is full, whatever the address. */
  address: z.string().nullable(),
  count,
  since: epochMs,
  /** When the latest refusal was. */
  at: epochMs,
});

export type RefusedWhat = z.infer<typeof refusedWhat>;
export type RefusalView = z.infer<typeof refusalView>;
