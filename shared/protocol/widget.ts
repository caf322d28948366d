import * as z from 'zod';
import { greetAfterSecondsRange, siteLengthMax, sitesMax } from './limits';

/**
 * A site that may show the chat: an origin as in CSP's `frame-ancestors`, in small letters and without a path;
 * `https://*.shop.example` is every name below it.
 */
export const site = z
  .string()
  .max(siteLengthMax)
  .regex(/^https?:\/\/(?:\*\.[a-z0-9-]+\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/);

/** How the office's widget behaves on other sites. */
export const widgetSettings = z.strictObject({
  /** Empty: only the hub's own pages may show the chat. */
  sites: z.array(site).max(sitesMax),
  /** While the hub can't be reached the launcher offers to write later (`later`) or goes (`hide`). */
  whenAway: z.enum(['later', 'hide']),
  /** How long after the page has loaded the launcher greets; null: it doesn't. */
  greetAfterSeconds: z.number().int().min(greetAfterSecondsRange.min).max(greetAfterSecondsRange.max).nullable(),
});

export type WidgetSettings = z.infer<typeof widgetSettings>;

export const widgetDefault: WidgetSettings = { sites: [], whenAway: 'later', greetAfterSeconds: null };
