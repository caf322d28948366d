import type { ConfigJson } from '../state/config';
import type { HubRecord } from '../state/records';

/** The configuration as of the record `seq`. */
export interface StoredConfig {
  seq: number;
  config: ConfigJson;
}

export interface StoreListener {
  /** Everything up to and including `seq` is on disk. Called once per commit, in order. */
  durable(seq: number): void;
  /** Nothing more will become durable. Called at most once. */
  failed(error: Error): void;
}

/**
 * What is recorded, in order. No code but a store knows that there are files; a later one may be a replicated stream.
 * Usage: open, `replay` once, `listen`, then `append` in order of `seq` without gaps, `close`.
 */
export interface Store {
  readonly hubId: string;
  readonly epoch: number;
  /** What the lowdb file holds, or null when it has to be rebuilt from the records. */
  readonly config: StoredConfig | null;
  replay(each: (record: HubRecord) => void): Promise<void>;
  listen(listener: StoreListener): void;
  append(record: HubRecord): void;
  /** Kept beside the records once they are durable up to its `seq`; only the newest matters. */
  saveConfig(stored: StoredConfig): void;
  /** After everything appended is durable or has failed. */
  close(): Promise<void>;
}
