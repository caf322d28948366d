import * as z from 'zod';
import type { CustomerOp } from './customer-wire';
import { epochMs, id } from './fields';
import { customerMessageView } from './views';

/** `ack.result` of each command of customers that has one. */
export const customerResults = {
  'conversation.open': z.object({ conversationId: id }),
  'conversation.earlier': z.object({ messages: z.array(customerMessageView), earlier: z.boolean() }),
  /** `next`: when the one before ended; null: there is none, or it is not kept any more. `messages` empty: nor is this. */
  'conversation.past': z.object({
    conversationId: id.nullable(),
    messages: z.array(customerMessageView),
    earlier: z.boolean(),
    next: epochMs.nullable(),
  }),
  /** Null: it was changed, and stays so. */
  'conversation.rate': z.object({ rateUntil: epochMs.nullable() }),
  'message.leave': z.object({ leftMessageId: id }),
} satisfies Partial<Record<CustomerOp, z.ZodObject>>;

export type CustomerResults = { [Op in keyof typeof customerResults]: z.infer<(typeof customerResults)[Op]> };
/** `undefined`: the command has none. */
export type CustomerResult<Op extends CustomerOp> = Op extends keyof CustomerResults ? CustomerResults[Op] : undefined;
