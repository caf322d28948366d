import { saidAfter } from '../../../shared/protocol/after-message';
import type { LeftSeenTo } from '../../../shared/protocol/history';
import type { LeftMessageView, MessageView } from '../../../shared/protocol/views';
import { must } from '../../../shared/routing/index';
import type { HubEvent } from './records';
import type { Thread } from './thread';

/** Absent: nobody has seen to it yet. */
export type SavedLeftMessage = LeftMessageView & { seenTo?: LeftSeenTo };

type SeenTo = LeftMessageView & { seenTo: LeftSeenTo };

/**
 * What customers wrote when nobody could take it up. What somebody has seen to is held for as long as a closed
 * conversation, in case it is taken back; then it is the archive's.
 */
export class LeftMessages {
  private readonly open = new Map<string, LeftMessageView>();
  /** In the order in which they were seen to. */
  private readonly seenTo = new Map<string, SeenTo>();
  private readonly openByCustomer = new Map<string, number>();

  constructor(
    private readonly shownMs: number,
    /** Told of each that was seen to when it is held no longer. */
    private readonly forgotten: (conversation: Thread) => void = () => undefined,
  ) {}

  save(): SavedLeftMessage[] {
    return [...this.open.values(), ...this.seenTo.values()];
  }

  /** The inverse of `save`, into an empty list. */
  load(saved: readonly SavedLeftMessage[]): void {
    for (const each of saved)
      if (each.seenTo) this.seenTo.set(each.leftMessageId, { ...each, seenTo: each.seenTo });
      else this.add(each);
  }

  /** `at`: of the record before, for what was recorded without its time. */
  apply(event: HubEvent, at: number): void {
    switch (event.type) {
      case 'leftMessage.added':
        this.add(event.leftMessage);
        return;
      case 'leftMessage.moved': {
        const found = must(this.open, event.leftMessageId);
        this.open.set(event.leftMessageId, { ...found, groupId: event.groupId });
        return;
      }
      case 'leftMessage.done': {
        const { leftMessageId, agentId, name = '' } = event;
        const found = must(this.open, leftMessageId);
        this.open.delete(leftMessageId);
        this.countOpen(found.customerId, -1);
        this.seenTo.set(leftMessageId, { ...found, seenTo: { agentId, name, at: event.at ?? at } });
        return;
      }
      case 'leftMessage.reopened':
        this.seenTo.delete(event.leftMessage.leftMessageId);
        this.add(event.leftMessage);
        return;
      default:
        return;
    }
  }

  /** One that nobody has seen to. */
  get(leftMessageId: string): LeftMessageView | null {
    return this.open.get(leftMessageId) ?? null;
  }

  /** One that was seen to and is held still. */
  doneOf(leftMessageId: string): LeftMessageView | null {
    const found = this.seenTo.get(leftMessageId);
    if (!found) return null;
    const { seenTo: _, ...leftMessage } = found;
    return leftMessage;
  }

  /** Those that nobody has seen to, the oldest first. */
  all(): Iterable<LeftMessageView> {
    return this.open.values();
  }

  /** All that are held, as the history shows them. */
  *conversations(): Iterable<Thread> {
    for (const each of this.open.values()) yield asConversation(each, null);
    for (const each of this.seenTo.values()) yield asConversation(each, each.seenTo);
  }

  erase(customerId: string): void {
    for (const held of [this.open, this.seenTo])
      for (const each of held.values()) if (each.customerId === customerId) held.delete(each.leftMessageId);
    this.openByCustomer.delete(customerId);
  }

  /** Those that were seen to before this moment, without telling `forgotten` of them. */
  expire(before: number): void {
    this.letGo(before, () => undefined);
  }

  /** By recorded time, so that a replay forgets the same. */
  forget(nowMs: number): void {
    this.letGo(nowMs - this.shownMs, (old) => this.forgotten(asConversation(old, old.seenTo)));
  }

  openOf(customerId: string): number {
    return this.openByCustomer.get(customerId) ?? 0;
  }

  /** Of all customers. */
  get openCount(): number {
    return this.open.size;
  }

  private letGo(before: number, told: (old: SeenTo) => void) {
    for (const old of this.seenTo.values()) {
      if (old.seenTo.at >= before) return;
      this.seenTo.delete(old.leftMessageId);
      told(old);
    }
  }

  private add(leftMessage: LeftMessageView) {
    this.open.set(leftMessage.leftMessageId, leftMessage);
    this.countOpen(leftMessage.customerId, 1);
  }

  private countOpen(customerId: string, by: number) {
    const count = this.openOf(customerId) + by;
    if (count > 0) this.openByCustomer.set(customerId, count);
    else this.openByCustomer.delete(customerId);
  }
}

/** As the history has it: a conversation of one message, which ended when somebody had seen to it. */
function asConversation(leftMessage: LeftMessageView, seenTo: LeftSeenTo | null): Thread {
  const { leftMessageId: conversationId, customerId, groupId, contact, text, at } = leftMessage;
  const from = { kind: 'customer' } as const;
  const message: MessageView = { messageId: `${conversationId}.1`, conversationId, at, from, text, line: null };
  const unsaid = { preview: '', lastMessageAt: null, unansweredSince: null, unanswered: 0 };
  return {
    conversationId,
    customerId,
    groupId,
    openedAt: at,
    since: seenTo?.at ?? at,
    redirects: 0,
    note: null,
    why: null,
    ...saidAfter(unsaid, message),
    tags: [],
    wrapUpCode: null,
    closedBy: seenTo && 'agent',
    closedAt: seenTo?.at ?? null,
    asksForMessage: false,
    rangSince: null,
    messages: [message],
    earlier: null,
    left: { contact, seenTo },
  };
}
