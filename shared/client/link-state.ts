import type { CloseName } from '../protocol/close-codes';

/** What the user is told about the link to the hub. Times are the client's own clock, epoch milliseconds. */
export type LinkState =
  | { state: 'idle' }
  /** The first attempt; nothing has been shown yet. */
  | { state: 'connecting'; since: number }
  /** Signed in and caught up: what is on screen is what the hub holds. */
  | { state: 'up'; since: number }
  /** Lost; `retryAt` is null while an attempt runs. */
  | { state: 'down'; since: number; reason: CloseName | 'lost'; retryAt: number | null }
  /** The hub closed it for good: a person has to act first. */
  | { state: 'refused'; since: number; reason: CloseName };
