import type { HubStartError } from '../hub-start-error';
import type { HubPorts } from '../ports';
import type { StateLimits } from '../state/hub-state';
import type { PastCustomer } from '../state/records';
import type { JournalPorts } from './appender';
import type { ArchiveAnswer, ArchiveTask } from './archive-reader';
import type { JournalEnd } from './journal-reader';
import type { StagedBackup } from './make-backup';
import type { Held, MadeBackup, StoreProblem } from './store';

export interface WriterSetup {
  folder: string;
  limits: StateLimits;
}

/** Worker data of a thread that makes one backup. */
export interface BackupTask {
  backup: StagedBackup;
  passphrase: string | null;
}

/** Requests from the hub's thread to the writer, handled in order. */
export type ToWriter =
  /**
   * Loads the data folder; ends with `loaded` or `startFailed`. Fails when the journal ends before the record
   * `atLeastSeq`, or when less than `roomBytesMin` is free.
   */
  | { kind: 'load'; atLeastSeq: number; roomBytesMin: number }
  /** Records that are durable, as JSON, in order. */
  | { kind: 'append'; jsons: string[] }
  /** A new segment has begun: saves a snapshot, if the two replicas agree. Retries what was held before. */
  | { kind: 'save'; at: SealedPlace }
  /** Saves a snapshot as `save` does, and stages the files for a backup as of now. */
  | { kind: 'stageBackup'; name: string; at: SealedPlace }
  /** Writes customers who are about to leave the state. */
  | { kind: 'putPast'; customers: PastCustomer[] }
  /** Removes these customers, already gone from the state, from all files except backups, and begins this epoch. */
  | { kind: 'erase'; customerIds: string[]; attachmentIds: string[]; epoch: number; at: SealedPlace }
  /** Removes what ended before this time, already gone from the state, from all files except backups. */
  | { kind: 'expire'; before: number; at: SealedPlace }
  /** Lists the archive's days, after everything requested earlier is in it. */
  | { kind: 'listArchive' }
  /** The same for the audit log's months. */
  | { kind: 'listAudit' }
  /** Removes these files below `backups`. */
  | { kind: 'removeBackups'; names: string[] }
  /** `at` null: there is no hub to compare with, so no snapshot is saved. */
  | { kind: 'close'; at: SealedPlace | null };

/** A place in the journal, right after the records posted before. */
export interface SealedPlace {
  /** Of the hub's state. */
  digest: string;
  /** The journal's checksum. */
  journalSum: string;
}

/** Messages from the writer to the hub's thread. */
export type FromWriter =
  /** One line of the `StoredBase` (json-pieces.ts), which could be too long for a single message. */
  | { kind: 'basePiece'; line: string }
  /** All lines of the base have been sent. */
  | { kind: 'base'; hubId: string; epoch: number }
  /** Records to replay, one per line, already checked by the writer. */
  | { kind: 'records'; text: string }
  /** The writer has let go of the journal, which ends here. */
  | { kind: 'loaded'; end: JournalEnd }
  | { kind: 'startFailed'; error: StartFailure }
  | { kind: 'saved'; snapshotBytes: number }
  | { kind: 'failed'; problem: StoreProblem }
  /** The writer's thread has died; the next message starts another. */
  | { kind: 'ended'; message: string }
  /** Sent on each change; nothing is held after a `load`. */
  | { kind: 'held'; held: Held[] }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; event: string; detail: Record<string, unknown> }
  /** Null: the state could not be saved first. */
  | { kind: 'backupStaged'; staged: StagedBackup | null }
  /** False: they could not be written. */
  | { kind: 'pastPut'; done: boolean }
  /** Null: the state without them could not be saved. */
  | { kind: 'erased'; erased: Erased | null }
  /** False: the state without it could not be saved. */
  | { kind: 'expired'; done: boolean }
  | { kind: 'backupsRemoved'; done: boolean }
  /** Null: it could not be read. */
  | { kind: 'archiveListed'; days: string[] | null }
  /** As the one before. */
  | { kind: 'auditListed'; months: string[] | null }
  | { kind: 'closed' };

export interface Erased {
  /** The new one. */
  epoch: number;
  /** Existing backups, which contain the customers. */
  backups: string[];
}

/** A `HubStartError` as sent between threads, which keep only an error's message. */
type StartFailure = Pick<HubStartError, 'code' | 'message' | 'damage'>;

/** The hub thread's connection to the writer. */
export interface WriterLink {
  readonly journal: JournalPorts;
  post(message: ToWriter): void;
  /** Packs the staged files, on its own thread. */
  makeBackup(staged: StagedBackup, passphrase: string | null): Promise<MadeBackup>;
  /** Reads on a separate thread. */
  askArchive(task: ArchiveTask): Promise<ArchiveAnswer>;
  /** Ends the threads. Call after `closed`. */
  end(): Promise<void>;
}

/** External dependencies of a hub with a data folder. */
export interface FolderPorts extends HubPorts {
  /** Starts the writer's thread; tests run the same writer in their own thread. */
  startWriter: StartWriter;
}

export type StartWriter = (setup: WriterSetup, tell: (message: FromWriter) => void) => WriterLink;
