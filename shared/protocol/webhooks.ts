import * as z from 'zod';
import { parsedUrl } from '../parsed-url';
import { count, epochMs, id } from './fields';

/** What other programs can be told (docs/webhooks.md). */
export const webhookEventType = z.enum([
  'conversation.queued',
  'conversation.assigned',
  'conversation.missed',
  'conversation.flagged',
  'conversation.transferred',
  'conversation.closed',
  'conversation.rated',
  'leftMessage.added',
  'agent.status',
]);

/** `http` or `https`, without a name and password: everybody who sees the settings would see them. */
export function isWebhookUrl(value: string): boolean {
  const url = parsedUrl(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

export const webhookUrl = z
  .string()
  .max(500)
  .refine(isWebhookUrl, 'must be an http(s) URL without a name and password');

/** Each at most once. */
export const webhookEvents = z
  .array(webhookEventType)
  .min(1)
  .max(webhookEventType.options.length)
  .refine((types) => new Set(types).size === types.length, 'must not repeat one');

/**
 * Why a delivery has failed without an answer: no address for its name; one that webhooks may not reach; no connection;
 * a certificate that does not hold; no answer in time; a connection that ended before the answer.
 */
const webhookProblem = z.enum(['nameUnknown', 'addressForbidden', 'unreachable', 'certificate', 'timedOut', 'cut']);

/** One attempt to deliver an event. `status`: of the answer, null where there was none, and `problem` says why. */
export const webhookAttempt = z.object({
  eventId: id,
  /** `webhook.test`, too. */
  type: z.string(),
  /** When it was sent. */
  at: epochMs,
  tookMs: count,
  status: z.number().int().nullable(),
  problem: webhookProblem.nullable(),
});

/** An address that is told of events. Supervisors only. */
export const webhookView = z.object({
  webhookId: id,
  url: z.string(),
  events: z.array(webhookEventType),
  madeAt: epochMs,
  /** Nothing is sent since then. `hub`: because nothing got through for three days, or the receiver said it is gone. */
  paused: z.object({ at: epochMs, by: z.enum(['person', 'hub']) }).nullable(),
  /** Since when nothing has got through; null: the last attempt did, or there was none. */
  failingSince: epochMs.nullable(),
  /** Events that wait to be delivered. */
  waiting: count,
  /** Events that were never delivered: too many waited, or the receiver refused them for three days. */
  lost: count,
  /** When it was last tried, for a client to ask for the attempts anew. */
  attemptedAt: epochMs.nullable(),
  /** Until when the secret before the present one signs, too; null: there is none. */
  rotatesUntil: epochMs.nullable(),
});

/** At a time. */
export const webhooksMax = 10;

/** How many of the last attempts are kept for each. */
export const webhookAttemptsMax = 50;

export type WebhookEventType = z.infer<typeof webhookEventType>;
export type WebhookProblem = z.infer<typeof webhookProblem>;
export type WebhookAttempt = z.infer<typeof webhookAttempt>;
export type WebhookView = z.infer<typeof webhookView>;
