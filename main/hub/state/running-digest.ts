import { createHash } from 'node:crypto';
import { holderOf, offerOf, type RoutingState } from '../../../shared/routing/index';
import { type Config, configToJson } from './config';
import type { HubRecord } from './records';
import type { Thread } from './thread';

/** After so many records what they have touched is hashed, once however often it was touched. */
const recordsAtOnce = 1_024;

/** And so many things more, in turn. */
const looksAtOnce = 256;

/** What a digest is made of: the parts of the hub's state that say who has which conversation, and how far it is. */
export interface Digested {
  seq: number;
  at: number;
  routing: RoutingState;
  config: Config;
  threads: { size: number; get(conversationId: string): Thread | undefined; values(): Iterable<Thread> };
  customers: { size: number };
  missedRings: { size: number };
  answers: { countedTotal(): number };
  audit: { lastId: string };
  webhooks: { facts(): unknown[] };
}

/**
 * A running checksum, to compare two replicas that go on from the same base. It takes up what the records have touched,
 * and a few things more each time, so that in turn everything is looked at, also what no record should have changed. So
 * its cost is that of the records, however much there is.
 */
export class RunningDigest {
  private readonly hash = createHash('sha256');
  private turn: Iterator<unknown[]> | null = null;
  private records = 0;
  private readonly conversations = new Set<string>();
  private readonly agents = new Set<string>();

  /** Called once all of the record's events are applied. */
  note(state: Digested, { events }: HubRecord): void {
    for (const { event } of events) {
      const named = event.type === 'message.added' ? event.message : event;
      if ('conversationId' in named && named.conversationId !== undefined) this.conversations.add(named.conversationId);
      if ('agentId' in named && named.agentId !== undefined) this.agents.add(named.agentId);
    }
    this.records += 1;
    if (this.records === recordsAtOnce) this.take(state);
  }

  /** Of the state as it is after the last record. Changes nothing: only one of the replicas may be asked. */
  of(state: Digested): string {
    return this.hash
      .copy()
      .update(joined([...this.touched(state), ...wholeFacts(state)]))
      .digest('hex');
  }

  private take(state: Digested): void {
    const parts = this.touched(state);
    this.turn ??= everything(state);
    for (let look = 0; look < looksAtOnce; look += 1) parts.push(...(this.turn.next().value as unknown[]));
    this.hash.update(joined(parts));
    this.records = 0;
    this.conversations.clear();
    this.agents.clear();
  }

  private touched({ routing, threads }: Digested): unknown[] {
    const parts: unknown[] = [];
    for (const id of this.conversations) parts.push(...routedFacts(routing, id), ...threadFacts(threads.get(id)));
    for (const id of this.agents) parts.push(...agentFacts(routing, id));
    return parts;
  }
}

/** A checksum of everything at once, however it came about: for whoever has no replica that went the same way. */
export function digestOf(state: Digested): string {
  const hash = createHash('sha256').update(joined(wholeFacts(state)));
  for (const parts of each(state)) hash.update(joined(parts));
  return hash.digest('hex');
}

function joined(parts: readonly unknown[]): string {
  return `${parts.join(' ')} `;
}

function* everything(state: Digested): Generator<unknown[]> {
  for (;;) {
    yield* each(state);
    // There may be nothing at all.
    yield [];
  }
}

function* each({ routing, threads }: Digested): Generator<unknown[]> {
  for (const id of routing.agents.keys()) yield agentFacts(routing, id);
  for (const id of routing.conversations.keys()) yield routedFacts(routing, id);
  for (const thread of threads.values()) yield threadFacts(thread);
}

function wholeFacts({
  seq,
  at,
  routing,
  config,
  threads,
  customers,
  missedRings,
  answers,
  audit,
  webhooks,
}: Digested): unknown[] {
  const { agents, conversations, lastReceptionists } = routing;
  return [
    ...[seq, at, routing.eventCount, routing.seqCount, routing.offerCount],
    ...[agents.size, conversations.size, threads.size, customers.size, missedRings.size, lastReceptionists.size],
    ...[answers.countedTotal(), audit.lastId, inOneOrder(configToJson(config)), ...webhooks.facts()],
  ];
}

function agentFacts({ agents }: RoutingState, id: string): unknown[] {
  const agent = agents.get(id);
  if (!agent) return [id];
  const { status, statusSince, connected, active, offers } = agent;
  return [id, status, statusSince, connected, ...active, ...offers];
}

function routedFacts({ conversations }: RoutingState, id: string): unknown[] {
  const conversation = conversations.get(id);
  if (!conversation) return [id];
  const { stage, groupId, priority } = conversation;
  return [id, stage.kind, holderOf(conversation), offerOf(conversation)?.id, groupId, priority];
}

function threadFacts(thread: Thread | undefined): unknown[] {
  if (!thread) return [];
  const { conversationId, since, unanswered, closedAt, messages, earlier } = thread;
  return [conversationId, since, unanswered, closedAt, messages.at(-1)?.messageId, earlier?.count];
}

/** JSON with sorted keys: a state read from a file may have its fields in another order than a recorded one. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
