import type { RoutingEvent } from '../../../shared/routing/index';

const closedMax = 1_000;
const entriesMax = 2_000;
/** Entries are dropped in blocks: each moves all that follow, which must not be paid for by every message. */
const droppedAtOnce = 500;
/** How it began is kept whatever follows. */
const firstKept = 100;

/** Stands where entries are missing. */
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

/** EX1: what happened to each conversation, as the core recorded it; of the open ones and the last closed. */
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
    if (event.type === 'conversation.queued' && !this.traces.has(conversationId))
      this.traces.set(conversationId, { entries: [], dropped: 0, droppedAt: 0 });
    const trace = this.traces.get(conversationId);
    // What a wrap-up brings may come when the trace was let go.
    if (!trace) return;
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

  /** Those of what ended before this moment. */
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

  /** In the order it happened; null when the conversation is not known, or no longer. */
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
