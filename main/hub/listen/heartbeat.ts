export const pingEveryMs = 15_000;
const deadAfterMs = 40_000;
/** A reader this far behind for this long is cut off, and resumes where it was. */
const behindBytes = 256 * 1024;
const behindForMs = 30_000;

/** One line as the heartbeat sees it. Times are of a clock that only runs forward. */
export interface BeatingLine {
  heardAt: number;
  /** Since when it has been far behind in reading, or null. */
  behindSince: number | null;
  readonly bufferedAmount: number;
  ping(): void;
  terminate(): void;
  closeTooSlow(): void;
}

/** Ends the lines that are dead or can't keep up, and asks the others for a sign of life. */
export function beat(lines: Iterable<BeatingLine>, nowMs: number): void {
  for (const line of lines) {
    line.behindSince = line.bufferedAmount > behindBytes ? (line.behindSince ?? nowMs) : null;
    if (nowMs - line.heardAt > deadAfterMs) line.terminate();
    else if (line.behindSince !== null && nowMs - line.behindSince >= behindForMs) line.closeTooSlow();
    else line.ping();
  }
}
