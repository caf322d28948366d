import type { MessageView } from '../../../shared/protocol/views';
import type { SendingMessage } from '../session/office-state';

/** A message as the thread shows it, depending on its neighbours. */
export interface MessageRow {
  message: MessageView;
  /** For the first message of a day the midnight it began with, else null. */
  newDay: number | null;
  hasNewLine: boolean;
  /** Null for a notice of the hub in the thread. */
  author: Author | null;
  /** Consecutive messages of one author within a few minutes share one line with name and time, below the last. */
  begins: boolean;
  ends: boolean;
  /** It is the last reply, and the customer has read it. */
  read: boolean;
}

export interface Author {
  kind: 'customer' | 'agent' | 'assistant' | 'program' | 'note';
  agentId: string | null;
  name: string;
}

export type ThreadRow = MessageRow | { sending: SendingMessage };

const togetherMs = 3 * 60_000;

export function messageRows(messages: readonly MessageView[], newFrom: string | null): MessageRow[] {
  const rows: MessageRow[] = [];
  let lastDay: number | null = null;
  for (const message of messages) {
    const last = rows.at(-1);
    const day = dayOf(message.at, lastDay);
    const newDay = day === lastDay ? null : day;
    const hasNewLine = message.messageId === newFrom;
    const author = authorOf(message);
    const goesOn = last !== undefined && newDay === null && !hasNewLine && goesWith(last, author, message.at);
    if (goesOn) last.ends = false;
    rows.push({ message, newDay, hasNewLine, author, begins: !goesOn, ends: true, read: false });
    lastDay = day;
  }
  return rows;
}

/** Marks the last reply as read if the customer has read that far. */
export function withRead(rows: MessageRow[], seenByCustomer: string | null): MessageRow[] {
  if (seenByCustomer === null) return rows;
  const seen = rows.map(({ message }) => message.messageId).lastIndexOf(seenByCustomer);
  const reply = rows.map(({ author }) => author?.kind).lastIndexOf('agent');
  return reply <= seen ? rows.map((row, place) => (place === reply ? { ...row, read: true } : row)) : rows;
}

function goesWith({ author, message }: MessageRow, next: Author | null, at: number): boolean {
  if (author === null || next === null) return false;
  return (
    author.kind === next.kind &&
    author.agentId === next.agentId &&
    author.name === next.name &&
    at - message.at <= togetherMs
  );
}

function authorOf({ from, line }: MessageView): Author | null {
  if (line !== null || from.kind === 'system') return null;
  if (from.kind === 'customer') return { kind: 'customer', agentId: null, name: '' };
  if (from.kind === 'assistant' || from.kind === 'program') return { kind: from.kind, agentId: null, name: from.name };
  return { kind: from.kind, agentId: from.agentId, name: from.name };
}

const dayMs = 24 * 60 * 60_000;

/** Midnight of the day. Computing it is slow, so in a long thread it is done about once per day. */
function dayOf(at: number, last: number | null): number {
  // With daylight saving time the shortest day has 23 hours.
  if (last !== null && at >= last && at - last < dayMs - 60 * 60_000) return last;
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
