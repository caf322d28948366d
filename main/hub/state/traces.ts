import type { RoutingEvent } from '../../../shared/routing/index';

const closedMax = 1_000;
const entriesMax = 2_000;
/** Dropped in blocks, because each removal moves all later entries, too costly for every message. */
const droppedAtOnce = 500;
/** The beginning is always kept. */
const firstKept = 100;

/** Marks the place of dropped entries. */
export interface DroppedEntries {
  type: 'trace.dropped';
  at: number;
  count: number;
}

interface Trace {
  entries: RoutingEvent[];
  dropped: number;
  droppedAt: number;
}

export interface SavedTraces {
  traces: [string, Trace][];
  closed: string[];
}

/** EX1: the core's events of each conversation; of open ones and the last `closedMax` closed. */
export class Traces {
  private readonly traces = new Map<string, Trace>();
  /** Oldest first. */
  private readonly closed = new Set<string>();

  save(): SavedTraces {
    return { traces: [...this.traces], closed: [...this.closed] };
  }

  /** The inverse of `save`, into empty traces. */
  load({ traces, closed }: SavedTraces): void {
    for (const [conversationId, trace] of traces) this.traces.set(conversationId, trace);
    for (const conversationId of closed) this.closed.add(conversationId);
  }

  apply(event: RoutingEvent): void {
    if (!('conversationId' in event) || event.conversationId === undefined) return;
    const { conversationId } = event;
    const begins = event.type === 'conversation.queued' || event.type === 'conversation.assisted';
    if (begins && !this.traces.has(conversationId))
      this.traces.set(conversationId, { entries: [], dropped: 0, droppedAt: 0 });
    const trace = this.traces.get(conversationId);
    // The trace may be gone when its wrap-up ends.
    if (!trace) return;
    if (event.type === 'conversation.queued' && event.reason === 'reopened') this.closed.delete(conversationId);
    trace.entries.push(event);
    if (trace.entries.length > entriesMax) {
      trace.droppedAt = trace.entries.splice(firstKept, droppedAtOnce).at(-1)!.at;
      trace.dropped += droppedAtOnce;
    }
    if (event.type === 'conversation.closed') this.noteClosed(conversationId);
  }

  erase(customerId: string): void {
    for (const [conversationId, { entries }] of this.traces) {
      const [began] = entries;
      if (began?.type !== 'conversation.queued' || began.customerId !== customerId) continue;
      this.traces.delete(conversationId);
      this.closed.delete(conversationId);
    }
  }

  /** Drops traces of conversations that ended before this time. */
  expire(before: number): void {
    for (const conversationId of this.closed) {
      const endedAt = this.traces
        .get(conversationId)
        ?.entries.filter(({ type }) => type === 'conversation.closed')
        .at(-1)?.at;
      if (endedAt === undefined || endedAt >= before) continue;
      this.traces.delete(conversationId);
      this.closed.delete(conversationId);
    }
  }

  /** In order; null when the conversation is not, or no longer, known. */
  of(conversationId: string): (RoutingEvent | DroppedEntries)[] | null {
    const trace = this.traces.get(conversationId);
    if (!trace) return null;
    const { entries, dropped, droppedAt } = trace;
    if (dropped === 0) return entries;
    const gap: DroppedEntries = { type: 'trace.dropped', at: droppedAt, count: dropped };
    return [...entries.slice(0, firstKept), gap, ...entries.slice(firstKept)];
  }

  private noteClosed(conversationId: string) {
    this.closed.add(conversationId);
    if (this.closed.size <= closedMax) return;
    const [oldest] = this.closed;
    if (oldest === undefined) return;
    this.closed.delete(oldest);
    this.traces.delete(oldest);
  }
}
