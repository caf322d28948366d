import { type QueuePosition, queuePosition } from '../../../shared/routing/index';
import type { Clock } from '../ports';
import type { HubState } from '../state/hub-state';
import type { Thread } from '../state/thread';

/** A group's queue is looked at no more often than this, however fast it moves. */
const lookEveryMs = 1_000;

interface Told {
  place: QueuePosition;
  atMs: number;
}

/**
 * QU5: tells customers a changed position and wait, each at most every 15 s, but at once that somebody has come or nobody
 * is left. One look covers all queues that are due, and one timer serves all looks; the core computes what is told. A
 * queue with customers in it is due again every 15 s, as their wait may have grown.
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
  placeOf({ conversationId, groupId }: Thread): QueuePosition | null {
    const place = this.current(conversationId);
    if (!place) {
      this.told.delete(conversationId);
      return null;
    }
    const told = this.told.get(conversationId);
    if (!told || this.isTime(told) || isNews(told.place, place)) return this.note(conversationId, groupId, place);
    // A look may have skipped this customer while they were disconnected.
    if (!isSame(told.place, place)) this.changed(groupId);
    return told.place;
  }

  /** The order of this group's queue has changed. */
  changed(groupId: string): void {
    this.dueAt(groupId, Math.max(this.clock.now(), (this.lookedAt.get(groupId) ?? 0) + lookEveryMs));
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

  /** Tells the customer a new place or wait, or notes when it may be told. */
  private look(conversation: Thread, now: number) {
    const { conversationId, groupId } = conversation;
    const place = this.current(conversationId);
    if (!place) return;
    const told = this.told.get(conversationId);
    if (told && isSame(told.place, place)) return this.dueAt(groupId, now + this.everyMs);
    if (told && !this.isTime(told)) return this.dueAt(groupId, Math.max(told.atMs + this.everyMs, now + lookEveryMs));
    this.note(conversationId, groupId, place);
    this.tell(conversation);
  }

  private current(conversationId: string): QueuePosition | null {
    return queuePosition(this.state.routing, conversationId, this.clock.now());
  }

  private isTime({ atMs }: Told): boolean {
    return this.clock.now() >= atMs + this.everyMs;
  }

  private note(conversationId: string, groupId: string, place: QueuePosition): QueuePosition {
    const atMs = this.clock.now();
    this.told.set(conversationId, { place, atMs });
    this.dueAt(groupId, atMs + this.everyMs);
    this.arm();
    return place;
  }

  private dueAt(groupId: string, atMs: number) {
    this.due.set(groupId, Math.min(atMs, this.due.get(groupId) ?? Number.POSITIVE_INFINITY));
  }
}

function isSame(a: QueuePosition, b: QueuePosition): boolean {
  return a.position === b.position && a.wait.kind === b.wait.kind && aboutMs(a) === aboutMs(b);
}

function aboutMs({ wait }: QueuePosition): number | null {
  return wait.kind === 'about' ? wait.ms : null;
}

/** Somebody has come, or nobody is left. */
function isNews(told: QueuePosition, place: QueuePosition): boolean {
  return (told.wait.kind === 'nobodyHere') !== (place.wait.kind === 'nobodyHere');
}
