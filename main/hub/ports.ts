import type { Clock } from '../../shared/client/clock';

export type { Clock };

/** `now` never goes back. `wallNow`: the machine's wall clock, where that differs from `now`. */
export interface HubClock extends Clock {
  wallNow?(): number;
}

/** Injected, so that tests control time and randomness and capture the log. */
export interface HubPorts {
  clock: HubClock;
  /** `size` random bytes; ids, tokens and codes come from here. */
  randomBytes(size: number): Uint8Array;
  log: Log;
}

/** Must never be given message text, tokens or codes. */
export interface Log {
  info(event: string, detail?: Record<string, unknown>): void;
  warn(event: string, detail?: Record<string, unknown>): void;
  error(event: string, detail?: Record<string, unknown>): void;
}
