import type { TraceEntry } from '../../../shared/protocol/views';
import type { RoutingEventOf } from '../../../shared/routing/types';
import type { Text } from '../../../shared/text/workstation-text';
import { type TraceContext, type TracedEvent, type TraceWords, traceSentences } from './trace-sentences';

export interface TraceLine extends TraceWords {
  at: number;
  type: string;
}

/** A conversation's trace as sentences, oldest first. Entries that this version does not know are skipped. */
export function traceLines(t: Text, trace: readonly TraceEntry[], context: TraceContext): TraceLine[] {
  const lines: TraceLine[] = [];
  for (let i = 0; i < trace.length; i += 1) {
    const entry = trace[i];
    if (!entry) continue;
    if (entry.type === 'conversation.message') {
      const first = i;
      while (trace[i + 1]?.type === 'conversation.message') i += 1;
      lines.push(messagesLine(t, trace.slice(first, i + 1), context));
    } else if (entry.type === 'trace.dropped') {
      lines.push({ type: entry.type, at: entry.at, main: t('trace.dropped', { count: Number(entry.count) }) });
    } else if (isTraced(entry) && !isSaidByTheNext(entry, trace[i + 1])) {
      lines.push({ type: entry.type, at: entry.at, ...wordsOf(t, entry, context) });
    }
  }
  return lines;
}

function isTraced(entry: TraceEntry): entry is TracedEvent & TraceEntry {
  return Object.hasOwn(traceSentences, entry.type);
}

/** An accepted offer is not shown: the assignment that follows says so. */
function isSaidByTheNext(entry: TracedEvent, next: TraceEntry | undefined): boolean {
  return entry.type === 'offer.ended' && entry.outcome === 'accepted' && next?.type === 'conversation.assigned';
}

function wordsOf(t: Text, event: TracedEvent, context: TraceContext): TraceWords {
  const say = traceSentences[event.type] as (t: Text, event: TracedEvent, context: TraceContext) => TraceWords | string;
  const words = say(t, event, context);
  return typeof words === 'string' ? { main: words } : words;
}

type Message = RoutingEventOf<'conversation.message'>;

/** Consecutive messages are only counted, per author. */
function messagesLine(t: Text, entries: readonly TraceEntry[], context: TraceContext): TraceLine {
  const counts = new Map<string, { from: Message['from']; id: string; count: number }>();
  for (const entry of entries) {
    const { from, agentId, assistantId } = entry as unknown as Message;
    const id = agentId ?? assistantId ?? '';
    const known = counts.get(`${from} ${id}`);
    counts.set(`${from} ${id}`, { from, id, count: (known?.count ?? 0) + 1 });
  }
  const parts = [...counts.values()].map(({ from, id, count }) => {
    if (from === 'customer') return t('trace.fromCustomer', { name: context.customerName, count });
    if (from === 'assistant') return t('trace.fromAssistant', { assistant: context.agent(id), count });
    return t('trace.fromAgent', { agent: context.agent(id), count });
  });
  return { type: 'conversation.message', at: entries[0]?.at ?? 0, main: parts.join(t('common.sentenceGap')) };
}
