import * as z from 'zod';
import { count, epochMs, language, plainText } from './fields';
import { contactMax } from './limits';

/** A page's address and title are cut to this many characters. */
export const pageTextMax = 300;

/** A customer's contact details, as they typed them; empty: unknown. */
export const contact = plainText.max(contactMax);

/** The web page that embeds the chat, as it describes itself. */
export const customerPage = z.strictObject({ title: plainText.max(1_000), url: z.string().max(2_000) });

/** What agents see of a customer beside the name. */
export const customerProfile = z.object({
  contact: z.string(),
  language,
  /** The address is only origin and path. Null: Foyer's own page; absent: unknown. */
  page: z.object({ title: z.string(), url: z.string() }).nullable().optional(),
  /** Null: from before this was recorded. */
  firstSeenAt: epochMs.nullable(),
  /** The number of their ended conversations; null: unknown, as not all were counted. */
  endedCount: count.nullable(),
  lastEndedAt: epochMs.nullable(),
  /** By which the office's own site knows them, and has signed it; absent: they are who they say. */
  signedId: z.string().optional(),
});

export type CustomerPage = z.infer<typeof customerPage>;
export type CustomerProfile = z.infer<typeof customerProfile>;
