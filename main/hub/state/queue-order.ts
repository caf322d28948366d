import { must } from '../../../shared/routing/index';

/** QU1's order key. */
export interface OrderKey {
  priority: number;
  enqueuedAt: number;
  seq: number;
}

function compareKeys(a: OrderKey, b: OrderKey): number {
  return a.priority - b.priority || a.enqueuedAt - b.enqueuedAt || a.seq - b.seq;
}

/**
 * The conversations of each group that no agent has attended yet, in QU1's order: what a customer's place is counted in
 * (QU5). One that rings keeps its place here, so ringing and coming back never makes a number worse.
 */
export class QueueOrder {
  private readonly groups = new Map<string, (OrderKey & { conversationId: string })[]>();

  add(groupId: string, conversationId: string, key: OrderKey): void {
    let list = this.groups.get(groupId);
    if (!list) {
      list = [];
      this.groups.set(groupId, list);
    }
    list.splice(firstNotBefore(list, key), 0, { conversationId, ...key });
  }

  remove(groupId: string, conversationId: string, key: OrderKey): void {
    const list = must(this.groups, groupId);
    const index = firstNotBefore(list, key);
    if (list[index]?.conversationId !== conversationId) throw new Error(`${conversationId} is not where it was put`);
    list.splice(index, 1);
    if (list.length === 0) this.groups.delete(groupId);
  }

  /** 1 is next. */
  position(groupId: string, key: OrderKey): number {
    return firstNotBefore(this.groups.get(groupId) ?? [], key) + 1;
  }

  inOrder(groupId: string): readonly { conversationId: string }[] {
    return this.groups.get(groupId) ?? [];
  }
}

function firstNotBefore(list: readonly OrderKey[], key: OrderKey): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareKeys(list[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
