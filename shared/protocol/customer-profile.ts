import * as z from 'zod';
import { count, epochMs, language, plainText } from './fields';
import { contactMax } from './limits';

/** What is kept of a page's address and title, in characters. */
export const pageTextMax = 300;

/** How to reach a customer, in their own words; empty: not known. */
export const contact = plainText.max(contactMax);

/** Where a customer writes from, as their page says. */
export const customerPage = z.strictObject({ title: plainText.max(1_000), url: z.string().max(2_000) });

/** What agents see of a customer beside the name. */
export const customerProfile = z.object({
  contact: z.string(),
  language,
  /** With no more of its address than origin and path. Null: Foyer's own page; absent: not known. */
  page: z.object({ title: z.string(), url: z.string() }).nullable().optional(),
  /** Null: before it was noted. */
  firstSeenAt: epochMs.nullable(),
  /** How many of their conversations have ended; null: not all were counted. */
  endedCount: count.nullable(),
  lastEndedAt: epochMs.nullable(),
});

export type CustomerPage = z.infer<typeof customerPage>;
export type CustomerProfile = z.infer<typeof customerProfile>;
