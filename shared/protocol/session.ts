import * as z from 'zod';
import { count, epochMs, id } from './fields';

/** The frames both roles share: PROTOCOL.md says how they follow each other. */

export const hello = z.strictObject({
  type: z.literal('hello'),
  proto: z.number().int(),
  deviceId: id,
  /** The last event this client holds, or null for everything. */
  since: z.strictObject({ epoch: z.number().int(), seq: count }).nullable(),
  /** The last `n` this client saw answered. */
  lastN: count,
});

export const ping = z.strictObject({ type: z.literal('ping') });
export const pong = z.object({ type: z.literal('pong'), serverTime: epochMs });
export const caughtUp = z.object({ type: z.literal('caughtUp'), seq: count });

/** The command is on disk. `dup`: this is the first answer again, the command was not executed twice. */
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
  /** What is true now, for example who took the conversation. */
  now: z.unknown().optional(),
  dup: z.boolean().optional(),
});

export type Ack = z.infer<typeof ack>;
export type Refused = z.infer<typeof refused>;
