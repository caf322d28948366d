import { type WebhookEventType, webhookAttemptsMax } from '../../../shared/protocol/webhooks';
import { must } from '../../../shared/routing/index';
import type { HubEvent, MadeAttempt, RecordedEvent, WebhookEvent } from './records';
import { type ToldFrom, toldOf } from './webhook-events';

/** How many events wait for each webhook; of more the oldest is dropped, and counted. */
export const webhookWaitingMax = 10_000;

/** How long a secret goes on signing beside the one that has replaced it. */
const secretOverlapMs = 24 * 60 * 60_000;

export interface Webhook {
  webhookId: string;
  url: string;
  events: readonly WebhookEventType[];
  madeAt: number;
  /** The newest first. `until` null: in use; else it signs, too, until then. */
  secrets: readonly { secret: string; until: number | null }[];
  paused: { at: number; by: 'person' | 'hub' } | null;
  failingSince: number | null;
  /** Since when it is tried: made, or resumed last. */
  triedSince: number;
  lost: number;
  /** By number, the oldest first. */
  waiting: Map<number, WebhookEvent>;
  /** The last ones, the newest last. */
  attempts: readonly MadeAttempt[];
}

export interface SavedWebhooks {
  /** How many events were numbered so far. */
  count: number;
  /** All that wait for a webhook; equal ones are listed once. */
  events: WebhookEvent[];
  webhooks: (Omit<Webhook, 'waiting'> & { waiting: number[] })[];
}

export const noWebhooks: SavedWebhooks = { count: 0, events: [], webhooks: [] };

/** What other programs are told: for each webhook the events that wait. Rebuilt from the recorded events alone. */
export class Webhooks {
  private readonly all = new Map<string, Webhook>();
  private numbered = 0;

  save(): SavedWebhooks {
    const events = new Map<number, WebhookEvent>();
    for (const { waiting } of this.all.values()) for (const [number, event] of waiting) events.set(number, event);
    const webhooks = [...this.all.values()].map((each) => ({ ...each, waiting: [...each.waiting.keys()] }));
    return { count: this.numbered, events: [...events.values()], webhooks };
  }

  /** The inverse of `save`, into an empty list. */
  load({ count: numbered, events, webhooks }: SavedWebhooks): void {
    const byNumber = new Map(events.map((each) => [each.number, each]));
    this.numbered = numbered;
    for (const { waiting, ...each } of webhooks) {
      const events = waiting.map((number) => [number, must(byNumber, number)] as const);
      this.all.set(each.webhookId, { ...each, waiting: new Map(events) });
    }
  }

  get size(): number {
    return this.all.size;
  }

  /** The number of the last event. */
  get count(): number {
    return this.numbered;
  }

  get(webhookId: string): Webhook | undefined {
    return this.all.get(webhookId);
  }

  values(): Iterable<Webhook> {
    return this.all.values();
  }

  /** Call after the threads have applied the event. */
  apply(recorded: RecordedEvent, from: ToldFrom): void {
    if (recorded.of === 'hub') this.change(recorded.event);
    if (this.all.size === 0) return;
    for (const told of toldOf(from, recorded)) {
      const takers = [...this.all.values()].filter(({ events }) => events.includes(told.type));
      if (takers.length === 0) continue;
      this.numbered += 1;
      const event = { number: this.numbered, eventId: `evt_${told.at}_${this.numbered}`, ...told };
      for (const each of takers) addWaiting(each, event);
    }
  }

  /** For the digest. */
  facts(): unknown[] {
    const facts: unknown[] = [this.numbered];
    for (const { webhookId, waiting, lost, attempts } of this.all.values())
      facts.push(webhookId, waiting.size, lost, attempts.at(-1)?.at);
    return facts;
  }

  private change(event: HubEvent) {
    switch (event.type) {
      case 'webhook.put': {
        const { webhookId, url, events, at, secret } = event;
        const found = this.all.get(webhookId);
        if (found) this.all.set(webhookId, { ...found, url, events });
        else if (secret !== undefined) this.all.set(webhookId, newWebhook({ webhookId, url, events, at, secret }));
        return;
      }
      case 'webhook.removed':
        this.all.delete(event.webhookId);
        return;
      case 'webhook.paused':
        this.update(event.webhookId, { paused: { at: event.at, by: event.by } });
        return;
      case 'webhook.resumed':
        this.update(event.webhookId, { paused: null, failingSince: null, triedSince: event.at });
        return;
      case 'webhook.secretMade': {
        const [present] = must(this.all, event.webhookId).secrets;
        const before = present ? [{ ...present, until: event.at + secretOverlapMs }] : [];
        this.update(event.webhookId, { secrets: [{ secret: event.secret, until: null }, ...before] });
        return;
      }
      case 'webhook.attempted':
        this.attempted(event);
        return;
      case 'webhook.resent': {
        const webhook = must(this.all, event.webhookId);
        const found = webhook.attempts.find((each) => each.event.eventId === event.eventId);
        if (!found) return;
        this.numbered += 1;
        addWaiting(webhook, { ...found.event, number: this.numbered });
        return;
      }
      default:
        return;
    }
  }

  private attempted({ webhookId, attempt, outcome }: Extract<HubEvent, { type: 'webhook.attempted' }>) {
    const webhook = must(this.all, webhookId);
    const attempts = [...webhook.attempts, attempt].slice(-webhookAttemptsMax);
    if (outcome === 'tested') return this.update(webhookId, { attempts });
    if (outcome !== 'failed') webhook.waiting.delete(attempt.event.number);
    const failingSince = outcome === 'delivered' ? null : (webhook.failingSince ?? attempt.at);
    const lost = webhook.lost + (outcome === 'givenUp' ? 1 : 0);
    this.update(webhookId, { attempts, failingSince, lost });
  }

  private update(webhookId: string, changes: Partial<Webhook>) {
    this.all.set(webhookId, { ...must(this.all, webhookId), ...changes });
  }
}

function addWaiting(webhook: Webhook, event: WebhookEvent) {
  webhook.waiting.set(event.number, event);
  if (webhook.waiting.size <= webhookWaitingMax) return;
  const [oldest] = webhook.waiting.keys();
  webhook.waiting.delete(oldest!);
  webhook.lost += 1;
}

type Made = Pick<Webhook, 'webhookId' | 'url' | 'events'> & { at: number; secret: string };

function newWebhook({ webhookId, url, events, at, secret }: Made): Webhook {
  return {
    webhookId,
    url,
    events,
    madeAt: at,
    secrets: [{ secret, until: null }],
    paused: null,
    failingSince: null,
    triedSince: at,
    lost: 0,
    waiting: new Map(),
    attempts: [],
  };
}
