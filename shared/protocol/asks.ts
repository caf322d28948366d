import * as z from 'zod';

export const asked = z.enum(['off', 'optional', 'required']);

/** What customers are asked before a conversation. */
export const asks = z.strictObject({
  name: asked,
  contact: asked,
  /** What it is about, where there are several groups. */
  group: z.boolean(),
});

export type Asked = z.infer<typeof asked>;
export type Asks = z.infer<typeof asks>;

export const asksDefault: Asks = { name: 'required', contact: 'off', group: true };
