import type { Clock } from '../../shared/client/clock';

export type { Clock };

/** `now` never goes back. `wallNow` is what the machine's clock shows, when that is something else. */
export interface HubClock extends Clock {
  wallNow?(): number;
}

/** What the hub takes from outside, so that tests hand in time, randomness, storage and a place to log. */
export interface HubPorts {
  clock: HubClock;
  /** `size` random bytes; ids, tokens and codes come from here. */
  randomBytes(size: number): Uint8Array;
  log: Log;
}

/** Never given message text, tokens or codes. */
export interface Log {
  info(event: string, detail?: Record<string, unknown>): void;
  warn(event: string, detail?: Record<string, unknown>): void;
  error(event: string, detail?: Record<string, unknown>): void;
}
