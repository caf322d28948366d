import type { HistoryCursor } from '../../../shared/protocol/history';

/** Where a conversation stands in the history: those that were open at `asOf` first, then by when they ended. */
export type Position = Pick<HistoryCursor, 'endedAt' | 'openedAt' | 'conversationId'>;

interface Placed {
  conversationId: string;
  openedAt: number;
  closedAt: number | null;
}

/** One that ended at `asOf` itself may have done so right after the first page: it keeps its place among the open ones. */
export function positionOf({ conversationId, openedAt, closedAt }: Placed, asOf: number): Position {
  return { conversationId, openedAt, endedAt: closedAt !== null && closedAt < asOf ? closedAt : null };
}

/** Negative: `a` comes first, being newer. */
export function comparePositions(a: Position, b: Position): number {
  if ((a.endedAt === null) !== (b.endedAt === null)) return a.endedAt === null ? -1 : 1;
  const newer = (b.endedAt ?? b.openedAt) - (a.endedAt ?? a.openedAt);
  if (newer !== 0) return newer;
  return a.conversationId === b.conversationId ? 0 : a.conversationId > b.conversationId ? -1 : 1;
}
