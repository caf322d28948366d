import { queuePosition } from '../../../shared/routing/index';
import type { Clock } from '../ports';
import type { HubState } from '../state/hub-state';
import type { Thread } from '../state/thread';
import type { QueuePlace } from './views';

/** A group's queue is looked at no more often than this, however fast it moves. */
const lookEveryMs = 1_000;

interface Told extends QueuePlace {
  atMs: number;
}

/**
 * QU5: tells customers a changed position and estimated wait, each at most every 15 s. One look covers all queues that
 * are due, and one timer serves all looks; the core computes the positions.
 */
export class Positions {
  /** By conversation. */
  private readonly told = new Map<string, Told>();
  /** Groups with something left to tell, and when to look again. */
  private readonly due = new Map<string, number>();
  private readonly lookedAt = new Map<string, number>();
  private cancelTimer: (() => void) | null = null;
  private armedFor = Number.POSITIVE_INFINITY;

  constructor(
    private readonly state: HubState,
    private readonly clock: Clock,
    private readonly everyMs: number,
    /** Conversations of connected customers in the queues of these groups. */
    private readonly waitingIn: (groupIds: ReadonlySet<string>) => Iterable<Thread>,
    private readonly tell: (conversation: Thread) => void,
  ) {}

  /** What to tell the customer now: the last told position, or a new one when it is time; null: not in the queue. */
  placeOf({ conversationId, groupId }: Thread): QueuePlace | null {
    const place = this.current(conversationId);
    if (!place) {
      this.told.delete(conversationId);
      return null;
    }
    const told = this.told.get(conversationId);
    if (!told || this.isTime(told)) return this.note(conversationId, place);
    // A look may have skipped this customer while they were disconnected.
    if (told.position !== place.position) this.changed(groupId);
    return told;
  }

  /** The order of this group's queue has changed. */
  changed(groupId: string): void {
    const atMs = Math.max(this.clock.now(), (this.lookedAt.get(groupId) ?? 0) + lookEveryMs);
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
    this.cancelTimer = this.clock.at(next, () => this.lookAtDue());
  }

  private lookAtDue() {
    this.cancelTimer = null;
    this.armedFor = Number.POSITIVE_INFINITY;
    const now = this.clock.now();
    const groupIds = new Set([...this.due].flatMap(([groupId, atMs]) => (atMs > now ? [] : [groupId])));
    for (const groupId of groupIds) {
      this.due.delete(groupId);
      this.lookedAt.set(groupId, now);
    }
    for (const conversation of this.waitingIn(groupIds)) this.look(conversation, now);
    this.arm();
  }

  /** Tells the customer a new position, or notes when it may be told. */
  private look(conversation: Thread, now: number) {
    const { conversationId, groupId } = conversation;
    const place = this.current(conversationId);
    const told = this.told.get(conversationId);
    if (!place || told?.position === place.position) return;
    if (told && !this.isTime(told)) {
      const atMs = Math.max(told.atMs + this.everyMs, now + lookEveryMs);
      this.due.set(groupId, Math.min(atMs, this.due.get(groupId) ?? Number.POSITIVE_INFINITY));
      return;
    }
    this.note(conversationId, place);
    this.tell(conversation);
  }

  private current(conversationId: string): QueuePlace | null {
    const found = queuePosition(this.state.routing, conversationId);
    if (!found) return null;
    const { position, estimatedWaitMs } = found;
    return { position, estimatedWaitSeconds: estimatedWaitMs === null ? null : estimatedWaitMs / 1_000 };
  }

  private isTime({ atMs }: Told): boolean {
    return this.clock.now() >= atMs + this.everyMs;
  }

  private note(conversationId: string, { position, estimatedWaitSeconds }: QueuePlace): Told {
    const before = this.told.get(conversationId);
    const longestSeconds = before && position <= before.position ? before.estimatedWaitSeconds : null;
    // The estimate may grow only with a worse position.
    const seconds =
      longestSeconds === null ? estimatedWaitSeconds : Math.min(longestSeconds, estimatedWaitSeconds ?? longestSeconds);
    const told = { position, estimatedWaitSeconds: seconds, atMs: this.clock.now() };
    this.told.set(conversationId, told);
    return told;
  }
}
