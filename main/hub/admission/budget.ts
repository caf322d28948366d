import type { Rate, Rates, SlotsMax } from '../limits';

/** The person and address that an action is counted against. */
export interface Whose {
  /** A customer's or an agent's id; null: not known yet. */
  person: string | null;
  /** An `addressKey`; null: shared by many people, so not counted. */
  address: string | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by key, full at first. Bounded: the one unused for longest, and so refilled most, is dropped first. */
class Buckets {
  private readonly byKey = new Map<string, Bucket>();

  constructor(
    private readonly rate: Rate,
    private readonly keysMax: number,
  ) {}

  get size(): number {
    return this.byKey.size;
  }

  /** How long until `cost` is available; 0: now. */
  waitMs(key: string, nowMs: number, cost: number): number {
    const missing = cost - this.tokensOf(this.byKey.get(key), nowMs);
    return missing <= 0 ? 0 : Math.ceil((missing / this.rate.perSecond) * 1_000);
  }

  take(key: string, nowMs: number, cost: number): void {
    const tokens = this.tokensOf(this.byKey.get(key), nowMs) - cost;
    this.byKey.delete(key);
    this.byKey.set(key, { tokens, at: nowMs });
    this.forget(nowMs);
  }

  /** Drops full buckets, which equal absent ones. Two per call keep up with at most one new key per call. */
  private forget(nowMs: number) {
    for (let looks = 0; looks < 2; looks += 1) {
      const [oldest] = this.byKey;
      if (!oldest) return;
      const [key, bucket] = oldest;
      if (this.byKey.size <= this.keysMax && this.tokensOf(bucket, nowMs) < this.rate.burst) return;
      this.byKey.delete(key);
    }
  }

  private tokensOf(bucket: Bucket | undefined, nowMs: number): number {
    if (!bucket) return this.rate.burst;
    const { burst, perSecond } = this.rate;
    return Math.min(burst, bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1_000) * perSecond);
  }
}

/**
 * How much people and addresses may still do of one kind. Not kept per line, so a reconnect refills nothing; every call
 * takes constant time, however many keys there are.
 */
export class Budget {
  private readonly persons: Buckets | null;
  private readonly addresses: Buckets | null;

  constructor({ person, address }: Rates, keysMax: number) {
    this.persons = person ? new Buckets(person, keysMax) : null;
    this.addresses = address ? new Buckets(address, keysMax) : null;
  }

  /** Takes `cost` from both and returns 0; or takes nothing and returns how long to wait. */
  take(whose: Whose, nowMs: number, cost = 1): number {
    const waitMs = this.waitMs(whose, nowMs, cost);
    if (waitMs > 0) return waitMs;
    if (whose.person !== null) this.persons?.take(whose.person, nowMs, cost);
    if (whose.address !== null) this.addresses?.take(whose.address, nowMs, cost);
    return 0;
  }

  waitMs({ person, address }: Whose, nowMs: number, cost = 1): number {
    const personMs = person === null ? 0 : (this.persons?.waitMs(person, nowMs, cost) ?? 0);
    const addressMs = address === null ? 0 : (this.addresses?.waitMs(address, nowMs, cost) ?? 0);
    return Math.max(personMs, addressMs);
  }

  /** How many people and addresses are remembered. */
  get size(): number {
    return (this.persons?.size ?? 0) + (this.addresses?.size ?? 0);
  }
}

/** Counts what is in use at the moment. */
export class Slots {
  private readonly persons = new Map<string, number>();
  private readonly addresses = new Map<string, number>();
  private all = 0;

  constructor(private readonly max: SlotsMax) {}

  /** Takes a slot, to be released exactly once. `own`: their own share is used up; `all`: everybody's is. */
  take(whose: Whose): { release(): void } | 'own' | 'all' {
    if (this.all >= this.max.all) return 'all';
    if (this.hasNoneFor(whose)) return 'own';
    const { person, address } = whose;
    const { persons, addresses } = this;
    const add = (by: 1 | -1) => {
      this.all += by;
      if (address !== null) count(addresses, address, by);
      if (person !== null) count(persons, person, by);
    };
    add(1);
    return { release: () => add(-1) };
  }

  hasNoneFor({ person, address }: Whose): boolean {
    const { person: ofPerson, address: ofAddress } = this.max;
    const has = (counts: Map<string, number>, key: string | null, max = Number.POSITIVE_INFINITY) =>
      key !== null && (counts.get(key) ?? 0) >= max;
    return has(this.persons, person, ofPerson) || has(this.addresses, address, ofAddress);
  }
}

function count(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const total = (counts.get(key) ?? 0) + by;
  if (total > 0) counts.set(key, total);
  else counts.delete(key);
}
