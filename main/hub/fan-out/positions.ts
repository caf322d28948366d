import type { Clock } from '../ports';
import type { DeskConversation } from '../state/desk';
import type { HubState } from '../state/hub-state';
import type { Place } from './views';

/** A group is walked at most this often, however fast its queue moves. */
const walkEveryMs = 1_000;

interface Told extends Place {
  atMs: number;
}

/**
 * QU5: tells customers their place and estimated wait when it changes, each at most every 15 s. A queue that changed is
 * walked once in its order, not once per customer, and one timer serves all.
 */
export class Positions {
  private readonly told = new Map<string, Told>();
  /** Groups with something left to tell, and when to look again. */
  private readonly due = new Map<string, number>();
  private readonly walkedAt = new Map<string, number>();
  private cancelTimer: (() => void) | null = null;
  private armedFor = Number.POSITIVE_INFINITY;

  constructor(
    private readonly state: HubState,
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly isListening: (customerId: string) => boolean,
    private readonly tell: (conversation: DeskConversation) => void,
  ) {}

  /** What the customer is told now: the last told place, or a new one when it is time. */
  placeOf(conversation: DeskConversation): Place | null {
    if (!conversation.queued) {
      this.told.delete(conversation.conversationId);
      return null;
    }
    const told = this.told.get(conversation.conversationId);
    const position = this.state.desk.order.position(conversation.groupId, conversation.key);
    if (!told || this.clock.now() >= told.atMs + this.everyMs) return this.note(conversation, position);
    // A walk passes by whoever does not listen just then.
    if (told.position !== position) this.changed(conversation.groupId);
    return told;
  }

  /** The order of this group's queue has changed. */
  changed(groupId: string): void {
    const atMs = Math.max(this.clock.now(), (this.walkedAt.get(groupId) ?? 0) + walkEveryMs);
    this.due.set(groupId, Math.min(atMs, this.due.get(groupId) ?? Number.POSITIVE_INFINITY));
    this.arm();
  }

  forget(conversationId: string): void {
    this.told.delete(conversationId);
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private arm() {
    const next = Math.min(...this.due.values());
    if (next >= this.armedFor || next === Number.POSITIVE_INFINITY) return;
    this.cancelTimer?.();
    this.armedFor = next;
    this.cancelTimer = this.clock.at(next, () => this.walkDue());
  }

  private walkDue() {
    this.cancelTimer = null;
    this.armedFor = Number.POSITIVE_INFINITY;
    const now = this.clock.now();
    for (const [groupId, atMs] of [...this.due]) {
      if (atMs > now) continue;
      this.due.delete(groupId);
      const next = this.walk(groupId, now);
      if (next !== null) this.due.set(groupId, Math.max(next, now + walkEveryMs));
    }
    this.arm();
  }

  /** Returns when the next customer of this group may be told something that has changed already, or null. */
  private walk(groupId: string, now: number): number | null {
    this.walkedAt.set(groupId, now);
    let next: number | null = null;
    let position = 0;
    for (const { conversationId } of this.state.desk.order.inOrder(groupId)) {
      position += 1;
      const conversation = this.state.desk.conversations.get(conversationId);
      if (!conversation || !this.isListening(conversation.customerId)) continue;
      const told = this.told.get(conversationId);
      if (told && told.position === position) continue;
      if (told && now < told.atMs + this.everyMs) {
        next = Math.min(next ?? Number.POSITIVE_INFINITY, told.atMs + this.everyMs);
        continue;
      }
      this.note(conversation, position);
      this.tell(conversation);
    }
    return next;
  }

  private note(conversation: DeskConversation, position: number): Told {
    const before = this.told.get(conversation.conversationId);
    let estimatedWaitSeconds = this.state.desk.waits.estimateSeconds(conversation.groupId, position);
    // Only a worse place may make the wait longer.
    if (before && before.estimatedWaitSeconds !== null && position <= before.position) {
      estimatedWaitSeconds = Math.min(before.estimatedWaitSeconds, estimatedWaitSeconds ?? before.estimatedWaitSeconds);
    }
    const told = { position, estimatedWaitSeconds, atMs: this.clock.now() };
    this.told.set(conversation.conversationId, told);
    return told;
  }
}
