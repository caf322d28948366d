import { createHmac } from 'node:crypto';
import type { WebhookEvent } from '../state/records';
import { isoTime } from '../system/days';

const secretPrefix = 'whsec_';
const secretBytes = 32;

export function makeSecret(randomBytes: (size: number) => Uint8Array): string {
  return secretPrefix + Buffer.from(randomBytes(secretBytes)).toString('base64');
}

/** The body of an event, the same at each attempt. */
export function bodyOf({ type, at, data }: Pick<WebhookEvent, 'type' | 'at' | 'data'>): string {
  return JSON.stringify({ type, timestamp: isoTime(at), data });
}

/**
 * By the Standard Webhooks specification 1.0.0 (standardwebhooks.com): HMAC-SHA256 over id, time in seconds and body,
 * once with each secret that is valid.
 */
export function headersOf(eventId: string, atMs: number, body: string, secrets: readonly string[]) {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Foyer-Webhooks/1',
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
