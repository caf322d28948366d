import type { HistoryCursor } from '../../../shared/protocol/history';

/** Sort key of the history: conversations open at `asOf` first, then by end, newest first. */
export type Position = Pick<HistoryCursor, 'endedAt' | 'openedAt' | 'conversationId'>;

interface Placed {
  conversationId: string;
  openedAt: number;
  closedAt: number | null;
}

/** One that ended at `asOf` itself may have ended just after the first page was made, so it still sorts as open. */
export function positionOf({ conversationId, openedAt, closedAt }: Placed, asOf: number): Position {
  return { conversationId, openedAt, endedAt: closedAt !== null && closedAt < asOf ? closedAt : null };
}

/** Newest first. */
export function comparePositions(a: Position, b: Position): number {
  if ((a.endedAt === null) !== (b.endedAt === null)) return a.endedAt === null ? -1 : 1;
  const newer = (b.endedAt ?? b.openedAt) - (a.endedAt ?? a.openedAt);
  if (newer !== 0) return newer;
  return a.conversationId === b.conversationId ? 0 : a.conversationId > b.conversationId ? -1 : 1;
}
