import { saidAfter } from '../../../shared/protocol/after-message';
import type { LeftSeenTo } from '../../../shared/protocol/history';
import type { LeftMessage, MessageView } from '../../../shared/protocol/views';
import { must } from '../../../shared/routing/index';
import type { HubEvent } from './records';
import type { Thread } from './thread';

/** `seenTo` absent: still open. */
export type SavedLeftMessage = LeftMessage & { seenTo?: LeftSeenTo };

type SeenTo = LeftMessage & { seenTo: LeftSeenTo };

/**
 * Messages that customers left while no agent was available. A done one is held as long as a closed conversation, so
 * that it can be reopened, and then goes to the archive.
 */
export class LeftMessages {
  private readonly open = new Map<string, LeftMessage>();
  /** Done ones, in the order they were done. */
  private readonly seenTo = new Map<string, SeenTo>();
  private readonly openByCustomer = new Map<string, number>();

  constructor(
    private readonly shownMs: number,
    /** Gets each done message when it leaves the state. */
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

  /** `at`: the previous record's time, used for events recorded without one. */
  apply(event: HubEvent, at: number): void {
    switch (event.type) {
      case 'leftMessage.added':
        this.add(event.leftMessage);
        return;
      case 'leftMessage.put': {
        const { type: _, leftMessageId, ...changes } = event;
        this.open.set(leftMessageId, changed(must(this.open, leftMessageId), changes));
        return;
      }
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

  /** An open one. */
  get(leftMessageId: string): LeftMessage | null {
    return this.open.get(leftMessageId) ?? null;
  }

  /** A done one that is still held. */
  doneOf(leftMessageId: string): LeftMessage | null {
    const found = this.seenTo.get(leftMessageId);
    if (!found) return null;
    const { seenTo: _, ...leftMessage } = found;
    return leftMessage;
  }

  /** The open ones, in the order they were added. */
  all(): Iterable<LeftMessage> {
    return this.open.values();
  }

  /** Who left those that are held, open or done. */
  *customerIds(): Iterable<string> {
    for (const held of [this.open, this.seenTo]) for (const { customerId } of held.values()) yield customerId;
  }

  /** All held ones, open or done, as the history shows them. */
  *conversations(): Iterable<Thread> {
    for (const each of this.open.values()) yield asConversation(each, null);
    for (const each of this.seenTo.values()) yield asConversation(each, each.seenTo);
  }

  erase(customerId: string): void {
    for (const held of [this.open, this.seenTo])
      for (const each of held.values()) if (each.customerId === customerId) held.delete(each.leftMessageId);
    this.openByCustomer.delete(customerId);
  }

  /** Drops those done before this time, without calling `forgotten`. */
  expire(before: number): void {
    this.letGo(before, () => undefined);
  }

  /** Uses the recorded time, so that a replay drops the same ones. */
  forget(nowMs: number): void {
    this.letGo(nowMs - this.shownMs, (old) => this.forgotten(asConversation(old, old.seenTo)));
  }

  openOf(customerId: string): number {
    return this.openByCustomer.get(customerId) ?? 0;
  }

  /** Of all customers together. */
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

  private add(leftMessage: LeftMessage) {
    this.open.set(leftMessage.leftMessageId, leftMessage);
    this.countOpen(leftMessage.customerId, 1);
  }

  private countOpen(customerId: string, by: number) {
    const count = this.openOf(customerId) + by;
    if (count > 0) this.openByCustomer.set(customerId, count);
    else this.openByCustomer.delete(customerId);
  }
}

type Changes = Omit<Extract<HubEvent, { type: 'leftMessage.put' }>, 'type' | 'leftMessageId'>;

/** Without what is empty. */
function changed(before: LeftMessage, { takenBy, note, tags }: Changes): LeftMessage {
  const { takenBy: wasTakenBy, note: hadNote, tags: hadTags, ...rest } = before;
  const now = { takenBy: takenBy === undefined ? wasTakenBy : takenBy, note: note ?? hadNote, tags: tags ?? hadTags };
  return {
    ...rest,
    ...(now.takenBy ? { takenBy: now.takenBy } : {}),
    ...(now.note ? { note: now.note } : {}),
    ...(now.tags?.length ? { tags: now.tags } : {}),
  };
}

/** As a conversation of one message that ended when it was done, for the history. */
function asConversation(leftMessage: LeftMessage, seenTo: LeftSeenTo | null): Thread {
  const { leftMessageId: conversationId, customerId, groupId, contact, text, at, note = null, tags = [] } = leftMessage;
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
    note,
    why: null,
    ...saidAfter(unsaid, message),
    tags,
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
