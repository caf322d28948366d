import * as z from 'zod';

export const asked = z.enum(['off', 'optional', 'required']);

/** The questions of the form that customers fill in before a conversation. */
export const asks = z.strictObject({
  name: asked,
  contact: asked,
  /** The choice of a topic, when there are several groups. */
  group: z.boolean(),
});

export type Asked = z.infer<typeof asked>;
export type Asks = z.infer<typeof asks>;

export const asksDefault: Asks = { name: 'required', contact: 'off', group: true };
