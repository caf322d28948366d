import type { CloseName } from '../protocol/close-codes';

/** The state of the link to the hub, as shown to the user. Times are epoch milliseconds by the client's clock. */
export type LinkState =
  | { state: 'idle' }
  /** The first attempt; nothing has been shown yet. */
  | { state: 'connecting'; since: number }
  /** Signed in and caught up: the screen shows the hub's present state. */
  | { state: 'up'; since: number }
  /** Lost; `retryAt` is null while an attempt runs. */
  | { state: 'down'; since: number; reason: CloseName | 'lost'; retryAt: number | null }
  /** Closed with a final code: a person has to act before it reconnects. */
  | { state: 'refused'; since: number; reason: CloseName };
