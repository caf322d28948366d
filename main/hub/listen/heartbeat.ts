export const pingEveryMs = 15_000;
const deadAfterMs = 40_000;
/** A client this far behind for this long is disconnected, and resumes from its cursor. */
const behindBytes = 256 * 1024;
const behindForMs = 30_000;

/** One line as the heartbeat sees it. Times are from a monotonic clock. */
export interface BeatingLine {
  heardAt: number;
  /** Since when it has been more than `behindBytes` behind, or null. */
  behindSince: number | null;
  readonly bufferedAmount: number;
  ping(): void;
  terminate(): void;
  closeTooSlow(): void;
}

/** Ends the lines that are dead or can't keep up, and pings the others. */
export function beat(lines: Iterable<BeatingLine>, nowMs: number): void {
  for (const line of lines) {
    line.behindSince = line.bufferedAmount > behindBytes ? (line.behindSince ?? nowMs) : null;
    if (nowMs - line.heardAt > deadAfterMs) line.terminate();
    else if (line.behindSince !== null && nowMs - line.behindSince >= behindForMs) line.closeTooSlow();
    else line.ping();
  }
}
