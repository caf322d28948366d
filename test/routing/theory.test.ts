import { describe, expect, it } from 'vitest';
import { type Command, createRouting, type RoutingEvent, route } from '../../shared/routing';
import { createRandom, type Random } from '../simulation/random';

/*
 * With Poisson arrivals and exponential service the core's queue is the M/M/c of the textbooks, so its mean wait is known
 * beforehand: Erlang C, and with two priorities Cobham's formula (A. Cobham, "Priority assignment in waiting line
 * problems", 1954). What a run measures is compared within the run's own 99 % confidence interval, from batch means.
 */

interface Load {
  agents: number;
  /** Between two arrivals, over all priorities. */
  meanGapMs: number;
  meanServiceMs: number;
  /** How large a part of the arrivals has which priority. */
  shares: { priority: number; share: number }[];
}

/** Waits in milliseconds, in the order of arrival. */
type Waits = Map<number, number[]>;

const startAt = Date.UTC(2026, 0, 5);
const batchCount = 30;
/** Student's t for 29 degrees of freedom, 99 % two-sided. */
const tQuantile = 2.756;

/** Ends of service, earliest first, kept by insertion: there are never more than agents. */
interface End {
  at: number;
  conversationId: string;
}

function runQueue(load: Load, customers: number, random: Random): Waits {
  const state = createRouting();
  const send = (command: Command): RoutingEvent[] => {
    const { events, refusal } = route(state, command);
    if (refusal) throw new Error(`${command.type} was refused: ${refusal.message}`);
    return events;
  };
  send({ type: 'group.put', at: startAt, groupId: 'g', name: 'g' });
  for (let index = 1; index <= load.agents; index += 1) {
    const agentId = `agent-${index}`;
    const groups = [{ groupId: 'g', priority: 1 }];
    send({ type: 'agent.put', at: startAt, agentId, name: agentId, capacity: 1, groups });
    send({ type: 'agent.connect', at: startAt, agentId });
    send({ type: 'agent.status', at: startAt, agentId, status: 'online' });
  }
  const waits: Waits = new Map(load.shares.map(({ priority }) => [priority, []]));
  const arrivals = new Map<string, { at: number; priority: number; place: number }>();
  const ends: End[] = [];
  const take = (events: RoutingEvent[]) => {
    for (const event of events) {
      if (event.type !== 'offer.made') continue;
      const { conversationId, agentId, offerId, at } = event;
      const arrival = arrivals.get(conversationId)!;
      waits.get(arrival.priority)![arrival.place] = at - arrival.at;
      arrivals.delete(conversationId);
      take(send({ type: 'offer.accept', at, agentId, offerId }));
      ends.push({ at: at + Math.round(random.exponential(load.meanServiceMs)), conversationId });
      ends.sort((a, b) => a.at - b.at);
    }
  };
  const endBefore = (limit: number) => {
    while (ends.length > 0 && ends[0]!.at <= limit) {
      const { at, conversationId } = ends.shift()!;
      take(send({ type: 'conversation.close', at, conversationId, by: 'agent' }));
    }
  };
  let at = startAt;
  const counted = new Map(load.shares.map(({ priority }) => [priority, 0]));
  for (let count = 1; count <= customers; count += 1) {
    at += Math.round(random.exponential(load.meanGapMs));
    endBefore(at);
    const priority = pickPriority(load, random);
    const id = `c${count}`;
    arrivals.set(id, { at, priority, place: counted.get(priority)! });
    counted.set(priority, counted.get(priority)! + 1);
    take(send({ type: 'conversation.open', at, conversationId: id, customerId: id, groupId: 'g', priority }));
  }
  endBefore(Number.POSITIVE_INFINITY);
  return waits;
}

function pickPriority(load: Load, random: Random): number {
  let left = random.next();
  for (const { priority, share } of load.shares) {
    left -= share;
    if (left < 0) return priority;
  }
  return load.shares.at(-1)!.priority;
}

/** The mean after a warm-up of a tenth, and half the width of its 99 % confidence interval. */
function interval(waits: number[]): { mean: number; halfWidth: number } {
  const steady = waits.slice(Math.floor(waits.length / 10));
  const size = Math.floor(steady.length / batchCount);
  const means = Array.from({ length: batchCount }, (_, index) =>
    meanOf(steady.slice(index * size, (index + 1) * size)),
  );
  const mean = meanOf(means);
  const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (batchCount - 1);
  return { mean, halfWidth: tQuantile * Math.sqrt(variance / batchCount) };
}

function meanOf(values: number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** The probability that an arrival has to wait in M/M/c with `offered` = arrival rate × mean service. */
function erlangC(agents: number, offered: number): number {
  let blocking = 1;
  for (let servers = 1; servers <= agents; servers += 1)
    blocking = (offered * blocking) / (servers + offered * blocking);
  const utilisation = offered / agents;
  return blocking / (1 - utilisation * (1 - blocking));
}

/** Mean wait by priority, the most urgent first; with one priority this is Erlang C's. */
function expectedWaits(load: Load): number[] {
  const offered = load.meanServiceMs / load.meanGapMs;
  const base = (erlangC(load.agents, offered) * load.meanServiceMs) / load.agents;
  let before = 0;
  return load.shares.map(({ share }) => {
    const upTo = before + (share * offered) / load.agents;
    const wait = base / ((1 - before) * (1 - upTo));
    before = upTo;
    return wait;
  });
}

describe('the theory of queues', () => {
  it.each([
    { agents: 1, meanGapMs: 100_000, meanServiceMs: 70_000, customers: 60_000, seed: 1 },
    { agents: 3, meanGapMs: 40_000, meanServiceMs: 96_000, customers: 60_000, seed: 2 },
    { agents: 10, meanGapMs: 20_000, meanServiceMs: 160_000, customers: 120_000, seed: 3 },
  ])('[QU1] waits as Erlang C says with $agents agents', ({ customers, seed, ...times }) => {
    const load: Load = { ...times, shares: [{ priority: 5, share: 1 }] };
    const waits = runQueue(load, customers, createRandom(seed)).get(5)!;
    expect(waits.filter((wait) => wait >= 0)).toHaveLength(customers);
    const { mean, halfWidth } = interval(waits);
    // An interval so wide that it says nothing would pass, too.
    expect(halfWidth / mean).toBeLessThan(0.15);
    expect(Math.abs(mean - expectedWaits(load)[0]!)).toBeLessThan(halfWidth);
  });

  it("[QU1] waits as Cobham's formula says with two priorities", () => {
    const shares = [
      { priority: 2, share: 0.4 },
      { priority: 5, share: 0.6 },
    ];
    const load: Load = { agents: 3, meanGapMs: 40_000, meanServiceMs: 96_000, shares };
    const waits = runQueue(load, 100_000, createRandom(4));
    for (const [index, expected] of expectedWaits(load).entries()) {
      const { mean, halfWidth } = interval(waits.get(shares[index]!.priority)!);
      expect(halfWidth / mean).toBeLessThan(0.15);
      expect(Math.abs(mean - expected)).toBeLessThan(halfWidth);
    }
  });
});
