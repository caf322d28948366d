import * as z from 'zod';
import { count, epochMs, id } from './fields';

/** The frames that both roles share; PROTOCOL.md describes their order. */

export const hello = z.strictObject({
  type: z.literal('hello'),
  proto: z.number().int(),
  deviceId: id,
  /** The last event this client holds, or null for everything. */
  since: z.strictObject({ epoch: z.number().int(), seq: count }).nullable(),
  /** The highest `n` for which this client has received an answer. */
  lastN: count,
});

export const ping = z.strictObject({ type: z.literal('ping') });
export const pong = z.object({ type: z.literal('pong'), serverTime: epochMs });
export const caughtUp = z.object({ type: z.literal('caughtUp'), seq: count });

/** The command is on disk. `dup`: the first answer repeated; the command was not executed again. */
export const ack = z.object({
  type: z.literal('ack'),
  cid: id,
  seq: count,
  dup: z.boolean().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
});

/** Nothing was changed. `message` is plain English; clients say `refused.<code>` of shared/text where there is one. */
export const refused = z.object({
  type: z.literal('refused'),
  cid: id,
  code: z.string(),
  message: z.string(),
  field: z.string().optional(),
  /** The present state, for example who took the conversation. */
  now: z.unknown().optional(),
  dup: z.boolean().optional(),
});

export type Ack = z.infer<typeof ack>;
export type Refused = z.infer<typeof refused>;
