import type { CloseName } from '../protocol/close-codes';

/** What is true of the line to the hub right now. Times are the client's own clock, epoch milliseconds. */
export type LinkState =
  | { state: 'idle' }
  /** The first try; nothing has been shown yet. */
  | { state: 'connecting'; since: number }
  /** Signed in and caught up: what is on screen is what the hub holds. */
  | { state: 'up'; since: number }
  /** Lost; `retryAt` null while a try runs. */
  | { state: 'down'; since: number; reason: CloseName | 'lost'; retryAt: number | null }
  /** The hub closed it for good: a person has to act first. */
  | { state: 'refused'; since: number; reason: CloseName };

export const reconnectMinMs = 500;
export const reconnectMaxMs = 30_000;

/** Full jitter: anywhere between the shortest pause and one that doubles with every failed try. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.min(attempt + 1, 16));
  return Math.round(reconnectMinMs + random * (ceiling - reconnectMinMs));
}
