import { write } from 'node:fs';
import type { Log } from '../ports';

const waitingMax = 200;

/** One JSON line per entry. */
export function jsonLog(writeLine: (line: string) => void): Log {
  const entry = (level: string) => (event: string, detail?: Record<string, unknown>) =>
    writeLine(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...detail })}\n`);
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}

/**
 * Writes lines to a file descriptor, one at a time and off the hub's thread: a pipe without a reader must not block the
 * hub, as `process.stderr` would. Lines beyond what may wait are dropped.
 */
export function lineWriter(descriptor: number): (line: string) => void {
  const waiting: string[] = [];
  let writing = false;
  const next = () => {
    const line = waiting.shift();
    writing = line !== undefined;
    if (line !== undefined) write(descriptor, line, next);
  };
  return (line) => {
    if (waiting.length >= waitingMax) return;
    waiting.push(line);
    if (!writing) next();
  };
}
