/** The injected clock. `now` is epoch milliseconds and never decreases. */
export interface Clock {
  now(): number;
  /** Calls `run` once at or after `atMs`; the returned function cancels. */
  at(atMs: number, run: () => void): () => void;
}
