import type { Clock } from '../../../main/hub/ports';
import type { Post, Posted } from '../../../main/hub/webhooks/post';
import type { Random } from '../random';
import type { HubProcess } from './hub-process';
import type { Truth } from './truth';

/** Two of ten seeds have one, so that the others, among them the pinned ones, are unchanged by it. */
const heardBySeeds = new Set([3, 9]);

export function hasReceiver(seed: number): boolean {
  return heardBySeeds.has(seed % 10);
}

const underWayMs = 400;

/** The program behind the office's webhook. It takes events down, refuses them, or says nothing. */
export class WebhookReceiver {
  private readonly accepted = new Map<string, { type: string; body: string }>();
  /** The number of the last event accepted about each conversation, left message and agent. */
  private readonly lastAbout = new Map<string, number>();
  private broken: string[] = [];

  constructor(private readonly random: Random) {}

  /** In the time of one process of the hub, with which requests and answers under way are lost. */
  post(clock: Clock): Post {
    return (_url, headers, body) => {
      const posted = new Promise<Posted>((resolve) => {
        const status = this.random.weighted({ 204: 6, 500: 2, 0: 1 });
        const comesAt = clock.now() + this.random.whole(0, underWayMs);
        clock.at(comesAt, () => {
          if (status === '204') this.accept(headers['webhook-id'] ?? '', body);
        });
        clock.at(comesAt + this.random.whole(0, underWayMs), () =>
          resolve(status === '0' ? { status: null, problem: 'timedOut' } : { status: Number(status), problem: null }),
        );
      });
      return { posted, cancel: () => undefined };
    };
  }

  /** The rules broken since this was asked last: an event has one body, and comes before those after it. */
  brokenByRequests(): string[] {
    return this.broken.splice(0);
  }

  /** Every conversation that has ended was told, or waits to be. */
  brokenByEvents(truth: Truth, { hub }: HubProcess): string[] {
    const type = 'conversation.closed';
    const told = new Set([...this.accepted].flatMap(([id, event]) => (event.type === type ? [id] : [])));
    for (const { waiting } of hub.state.webhooks.values())
      for (const event of waiting.values()) if (event.type === type) told.add(event.eventId);
    let ended = 0;
    for (let seq = 1; seq <= truth.lastSeq; seq += 1)
      for (const { event } of truth.record(seq)?.events ?? []) if (event.type === type) ended += 1;
    return told.size === ended ? [] : [`webhook: ${ended} conversations have ended, and ${told.size} are told or wait`];
  }

  private accept(id: string, body: string) {
    const { type, data } = JSON.parse(body);
    const about = data.conversationId ?? data.leftMessageId ?? data.agent.agentId;
    const number = Number(id.split('_').at(-1));
    const before = this.accepted.get(id);
    if (before && before.body !== body) this.broken.push(`webhook: ${id} comes with another body`);
    if (number < (this.lastAbout.get(about) ?? 0))
      this.broken.push(`webhook: ${id} comes after a later one of ${about}`);
    this.accepted.set(id, { type, body });
    this.lastAbout.set(about, number);
  }
}
