import type { WebhookAttempt } from '../../../shared/protocol/webhooks';
import { Courier } from '../deliveries/courier';
import type { Loop } from '../loop/loop';
import type { RecordedEvent, WebhookEvent } from '../state/records';
import type { Webhook } from '../state/webhooks';
import type { Post, Posted, Posting } from './post';
import { bodyOf, headersOf } from './signed';

/** An event is tried for so long, and a webhook through which nothing gets for so long is paused. */
const triedForMs = 3 * 24 * 60 * 60_000;

/** `410 Gone`: the receiver wants no more. */
const gone = 410;

/**
 * Delivers what waits for the office's webhooks. What waits, what became of it and who is paused stands in the hub's
 * state, by records: so nothing is lost with the process, and the loop never waits for a receiver. An attempt of which
 * a crash leaves no record is made again, with the same `webhook-id`.
 */
export class WebhookService {
  private readonly couriers = new Map<string, { url: string; courier: Courier<WebhookEvent> }>();
  private readonly posting = new Set<Posting>();
  /** The number up to which events are on disk. */
  private durable: number;

  constructor(
    private readonly loop: Loop,
    private readonly post: Post,
  ) {
    this.durable = loop.state.webhooks.count;
  }

  /** Begins with what waits since before the start. */
  start(): void {
    this.look();
  }

  /** Nothing is sent that is not on disk. */
  recorded(events: readonly RecordedEvent[]): void {
    const { state, outbox } = this.loop;
    const { webhooks, seq } = state;
    if (webhooks.size === 0 && this.couriers.size === 0) return;
    const { count } = webhooks;
    const isAboutOne = events.some(
      ({ event }) => event.type.startsWith('webhook.') && event.type !== 'webhook.attempted',
    );
    if (count === this.durable && !isAboutOne) return;
    void outbox.durable(seq).then(
      () => {
        this.durable = Math.max(this.durable, count);
        this.loop.guard.run(() => this.look());
      },
      // This hub is over; the next one begins with what is on disk.
      () => undefined,
    );
  }

  stop(): void {
    for (const { courier } of this.couriers.values()) courier.stop();
    for (const each of this.posting) each.cancel();
  }

  /** Sends a test, past what waits; null: there is no such webhook (any more), or the hub has ended. */
  async test(webhookId: string): Promise<WebhookAttempt | null> {
    const { loop } = this;
    const webhook = loop.state.webhooks.get(webhookId);
    if (!webhook) return null;
    const at = loop.now();
    const event = { number: 0, eventId: loop.newId('evt'), type: 'webhook.test', at, about: webhookId, data: {} };
    const posted = await this.send(webhook, event);
    if (!this.isKnown(webhookId)) return null;
    return this.note(webhookId, event, at, posted, 'tested');
  }

  private look() {
    const { webhooks } = this.loop.state;
    if (this.loop.closedBecause) return;
    for (const [webhookId, { url, courier }] of this.couriers) {
      // To another address everything is tried at once.
      if (webhooks.get(webhookId)?.url === url) continue;
      courier.stop();
      this.couriers.delete(webhookId);
    }
    for (const { webhookId, url, paused } of webhooks.values()) {
      if (paused) {
        this.couriers.get(webhookId)?.courier.stop();
        this.couriers.delete(webhookId);
        continue;
      }
      const { courier } = this.couriers.get(webhookId) ?? { courier: this.courierOf(webhookId) };
      this.couriers.set(webhookId, { url, courier });
      courier.look();
    }
  }

  private courierOf(webhookId: string): Courier<WebhookEvent> {
    const { loop } = this;
    return new Courier({
      clock: loop.clock,
      random: () => Buffer.from(loop.randomBytes(4)).readUInt32BE() / 2 ** 32,
      waiting: () => this.waiting(webhookId),
      deliver: (event) => this.deliver(webhookId, event),
      start: (work) => loop.guard.start(work),
    });
  }

  private *waiting(webhookId: string): Iterable<WebhookEvent> {
    const webhook = this.loop.state.webhooks.get(webhookId);
    if (!webhook || webhook.paused) return;
    for (const event of webhook.waiting.values()) {
      if (event.number > this.durable) return;
      yield event;
    }
  }

  private async deliver(webhookId: string, event: WebhookEvent): Promise<'delivered' | 'givenUp' | 'failed'> {
    const { loop } = this;
    const webhook = loop.state.webhooks.get(webhookId);
    if (!webhook) return 'givenUp';
    const at = loop.now();
    const posted = await this.send(webhook, event);
    const now = loop.state.webhooks.get(webhookId);
    if (!now || !this.isKnown(webhookId)) return 'givenUp';
    if (isDelivered(posted)) {
      this.note(webhookId, event, at, posted, 'delivered');
      return 'delivered';
    }
    const isDead = posted.status === gone || at - (now.failingSince ?? at) >= triedForMs;
    const outcome = !isDead && at - Math.max(event.at, now.triedSince) >= triedForMs ? 'givenUp' : 'failed';
    this.note(webhookId, event, at, posted, outcome, isDead && now.paused === null);
    return outcome;
  }

  private async send(webhook: Webhook, { eventId, ...event }: WebhookEvent): Promise<Posted> {
    const now = this.loop.now();
    const body = bodyOf(event);
    const valid = webhook.secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);
    const posting = this.post(webhook.url, headersOf(eventId, now, body, valid), body);
    this.posting.add(posting);
    const posted = await posting.posted;
    this.posting.delete(posting);
    return posted;
  }

  private note(
    webhookId: string,
    event: WebhookEvent,
    at: number,
    posted: Posted,
    outcome: 'delivered' | 'failed' | 'givenUp' | 'tested',
    pauses = false,
  ): WebhookAttempt {
    const made = { at, tookMs: this.loop.now() - at, ...posted };
    this.loop.step((step) => {
      step.add({ type: 'webhook.attempted', webhookId, attempt: { ...made, event }, outcome });
      if (pauses) step.add({ type: 'webhook.paused', webhookId, at: step.at, by: 'hub' });
    });
    return { eventId: event.eventId, type: event.type, ...made };
  }

  private isKnown(webhookId: string): boolean {
    return !this.loop.closedBecause && this.loop.state.webhooks.get(webhookId) !== undefined;
  }
}

function isDelivered({ status }: Posted): boolean {
  return status !== null && status >= 200 && status < 300;
}
