import type { LeftMessageView } from '../../../shared/protocol/views';
import type { HubEvent } from './records';

/** What customers wrote when nobody could take it up, until somebody has seen to it. */
export class LeftMessages {
  private readonly byId = new Map<string, LeftMessageView>();
  private readonly countByCustomer = new Map<string, number>();

  save(): LeftMessageView[] {
    return [...this.byId.values()];
  }

  /** The inverse of `save`, into an empty list. */
  load(saved: LeftMessageView[]): void {
    for (const each of saved) this.add(each);
  }

  apply(event: HubEvent): void {
    if (event.type === 'leftMessage.added') this.add(event.leftMessage);
    else if (event.type === 'leftMessage.moved') {
      const found = this.byId.get(event.leftMessageId);
      if (found) this.byId.set(event.leftMessageId, { ...found, groupId: event.groupId });
    } else if (event.type === 'leftMessage.done') {
      const found = this.byId.get(event.leftMessageId);
      if (found && this.byId.delete(event.leftMessageId)) this.count(found.customerId, -1);
    }
  }

  get(leftMessageId: string): LeftMessageView | null {
    return this.byId.get(leftMessageId) ?? null;
  }

  /** Oldest first. */
  all(): Iterable<LeftMessageView> {
    return this.byId.values();
  }

  erase(customerId: string): void {
    for (const each of this.byId.values()) if (each.customerId === customerId) this.byId.delete(each.leftMessageId);
    this.countByCustomer.delete(customerId);
  }

  openOf(customerId: string): number {
    return this.countByCustomer.get(customerId) ?? 0;
  }

  /** Of all customers. */
  get openCount(): number {
    return this.byId.size;
  }

  private add(leftMessage: LeftMessageView) {
    this.byId.set(leftMessage.leftMessageId, leftMessage);
    this.count(leftMessage.customerId, 1);
  }

  private count(customerId: string, by: number) {
    const count = this.openOf(customerId) + by;
    if (count > 0) this.countByCustomer.set(customerId, count);
    else this.countByCustomer.delete(customerId);
  }
}
