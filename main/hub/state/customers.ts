import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { Language } from '../../../shared/protocol/fields';
import type { Rating } from '../../../shared/protocol/rating';
import { must } from '../../../shared/routing/index';
import type { HubEvent, PastCustomer } from './records';
import type { Thread } from './thread';

export interface Customer {
  customerId: string;
  tokenHash: string;
  name: string;
  /** Empty: not known. */
  contact: string;
  language: Language;
  /** The page they last wrote from. Null: the hub's own page; absent: not known. */
  page?: CustomerPage | null;
  /** By which the office's own site knows them, signed; absent: they are who they say. */
  signedId?: string;
  /** Null: from before this was recorded. */
  firstSeenAt: number | null;
  /** Last visit, to the day, or when a left message of theirs was done if later; retention counts from it. */
  seenAt: number;
  /** When a record last had them here: so long after that they leave the state (`customersKeptMs`). */
  hereAt: number;
  /** The latest conversation, open or closed; null once the state no longer holds it. */
  conversationId: string | null;
  /** When their last conversation ended; null: none has ended. */
  endedAt: number | null;
  /** The last that ended and that somebody had served, which they may rate; absent: none, or it goes on. */
  toRate?: ToRate;
  /** How many have ended; null: not all were counted. */
  endedCount: number | null;
}

/** A conversation that has ended. Of those who leave the state it is past rating. */
interface ToRate {
  conversationId: string;
  endedAt: number;
  /** Absent: none yet. */
  rating?: Rating;
  ratingChanged?: true;
}

/** When anything of a customer last happened, which retention counts from. */
export function lastSeenAt({ seenAt, endedAt }: Pick<Customer, 'seenAt' | 'endedAt'>): number {
  return Math.max(endedAt ?? 0, seenAt);
}

/** The customers who are here or were recently; files know the others. Rebuilt from the recorded events alone. */
export class Customers {
  /** By `hereAt`, the longest ago first. */
  private readonly byId = new Map<string, Customer>();
  private readonly byTokenHash = new Map<string, Customer>();

  save(): Customer[] {
    return [...this.byId.values()];
  }

  /** The inverse of `save`, into an empty list. */
  load(saved: readonly Customer[]): void {
    for (const customer of saved) this.add(customer);
  }

  get size(): number {
    return this.byId.size;
  }

  get(customerId: string): Customer | undefined {
    return this.byId.get(customerId);
  }

  must(customerId: string): Customer {
    return must(this.byId, customerId);
  }

  has(customerId: string): boolean {
    return this.byId.has(customerId);
  }

  /** Those who were here the longest ago first. */
  values(): Iterable<Customer> {
    return this.byId.values();
  }

  withToken(tokenHash: string): Customer | undefined {
    return this.byTokenHash.get(tokenHash);
  }

  /** `at`: the previous record's time, used for events recorded without one. */
  apply(event: HubEvent, at: number): void {
    if (event.type === 'customer.seen') this.seen(event, at);
    else if (event.type === 'customer.put') this.corrected(event);
    else if (event.type === 'leftMessage.done') this.leftMessageSeenTo(event);
  }

  /** Notes a customer's new conversation; returns the id of the previous one if it is still held. */
  began(customerId: string, conversationId: string): string | null {
    const customer = this.must(customerId);
    const before = customer.conversationId;
    customer.conversationId = conversationId;
    return before;
  }

  ended(customerId: string, at: number): void {
    const customer = this.must(customerId);
    customer.endedAt = at;
    if (customer.endedCount !== null) customer.endedCount += 1;
    this.here(customer, at);
  }

  /** What was said of it before it was reopened, counts. */
  mayRate({ conversationId, customerId, rating, ratingChanged }: Thread, endedAt: number): void {
    const before = { ...(rating ? { rating } : {}), ...(ratingChanged ? { ratingChanged } : {}) };
    this.must(customerId).toRate = { conversationId, endedAt, ...before };
  }

  /** Whether this changes what they said before. */
  rated(customerId: string, rating: Rating): boolean {
    const { toRate } = this.must(customerId);
    if (!toRate) throw new Error(`${customerId} has nothing to rate`);
    const changes = toRate.rating !== undefined;
    toRate.rating = rating;
    if (changes) toRate.ratingChanged = true;
    return changes;
  }

  /** Their last conversation goes on; `endedBefore`: when the one before it ended. */
  reopened(customerId: string, endedBefore: number | null): void {
    const customer = this.must(customerId);
    customer.endedAt = endedBefore;
    delete customer.toRate;
    if (customer.endedCount !== null) customer.endedCount -= 1;
  }

  /** Only files know this customer from here on. */
  leave(customerId: string): void {
    this.remove(this.must(customerId));
  }

  back({ devices: _d, lastReceptionist: _l, ...known }: PastCustomer, at: number): void {
    if (this.byId.has(known.customerId)) throw new Error(`${known.customerId} returns, and never left`);
    this.add({ ...known, hereAt: at, conversationId: null });
  }

  /** The state no longer holds this conversation; its customer may have been erased. */
  letGo(customerId: string, conversationId: string): void {
    const customer = this.byId.get(customerId);
    if (customer?.conversationId === conversationId) customer.conversationId = null;
  }

  erase(customerId: string): void {
    const known = this.byId.get(customerId);
    if (known) this.remove(known);
  }

  /** Removes customers with nothing since `before`, unless they are still in use. Returns their ids. */
  expire(before: number, isOfUse: (customerId: string) => boolean): string[] {
    const gone = [...this.byId.values()].filter(
      (customer) => lastSeenAt(customer) < before && !isOfUse(customer.customerId),
    );
    for (const customer of gone) this.remove(customer);
    return gone.map(({ customerId }) => customerId);
  }

  private here(customer: Customer, at: number) {
    if (at < customer.hereAt) return;
    customer.hereAt = at;
    this.byId.delete(customer.customerId);
    this.byId.set(customer.customerId, customer);
  }

  private add(customer: Customer) {
    this.byId.set(customer.customerId, customer);
    this.byTokenHash.set(customer.tokenHash, customer);
  }

  private remove({ customerId, tokenHash }: Customer) {
    this.byId.delete(customerId);
    this.byTokenHash.delete(tokenHash);
  }

  private seen(event: Extract<HubEvent, { type: 'customer.seen' }>, at: number) {
    const { type: _type, at: seenAt = at, contact, ...said } = event;
    const known = this.byId.get(event.customerId);
    if (known) {
      Object.assign(known, { ...said, seenAt, contact: contact ?? known.contact });
      this.here(known, seenAt);
      return;
    }
    const none = { conversationId: null, endedAt: null, endedCount: 0 };
    this.add({ ...said, contact: contact ?? '', firstSeenAt: event.at ?? null, seenAt, hereAt: seenAt, ...none });
  }

  private corrected({ customerId, name, contact }: Extract<HubEvent, { type: 'customer.put' }>) {
    Object.assign(this.must(customerId), { name, contact });
  }

  /** The customer may be erased by then. Old records, from before done messages were kept, name no customer. */
  private leftMessageSeenTo({ customerId = '', at = 0 }: Extract<HubEvent, { type: 'leftMessage.done' }>) {
    const customer = this.byId.get(customerId);
    if (!customer) return;
    customer.seenAt = Math.max(customer.seenAt, at);
    this.here(customer, at);
  }
}
