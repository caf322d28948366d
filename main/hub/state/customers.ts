import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { Language } from '../../../shared/protocol/fields';
import { must } from '../../../shared/routing/index';
import type { HubEvent } from './records';

export interface Customer {
  customerId: string;
  tokenHash: string;
  name: string;
  /** Empty: not known. */
  contact: string;
  language: Language;
  /** The page they last wrote from. Null: the hub's own page; absent: not known. */
  page?: CustomerPage | null;
  /** Null: from before this was recorded. */
  firstSeenAt: number | null;
  /** Last visit, to the day, or when a left message of theirs was done if later; retention counts from it. */
  seenAt: number;
  /** The latest conversation, open or closed; null once the state no longer holds it. */
  conversationId: string | null;
  /** When their last conversation ended; null: none has ended. */
  endedAt: number | null;
  /** How many have ended; null: not all were counted. */
  endedCount: number | null;
}

/** All known customers. Rebuilt from the recorded events alone. */
export class Customers {
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
      ({ customerId, endedAt, seenAt }) => Math.max(endedAt ?? 0, seenAt) < before && !isOfUse(customerId),
    );
    for (const customer of gone) this.remove(customer);
    return gone.map(({ customerId }) => customerId);
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
      return;
    }
    const none = { conversationId: null, endedAt: null, endedCount: 0 };
    this.add({ ...said, contact: contact ?? '', firstSeenAt: event.at ?? null, seenAt, ...none });
  }

  private corrected({ customerId, name, contact }: Extract<HubEvent, { type: 'customer.put' }>) {
    Object.assign(this.must(customerId), { name, contact });
  }

  /** The customer may be erased by then. Old records, from before done messages were kept, name no customer. */
  private leftMessageSeenTo({ customerId = '', at = 0 }: Extract<HubEvent, { type: 'leftMessage.done' }>) {
    const customer = this.byId.get(customerId);
    if (customer) customer.seenAt = Math.max(customer.seenAt, at);
  }
}
