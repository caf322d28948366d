import type { DiskSpace } from '../../../shared/protocol/views';
import type { HubStartError } from '../hub-start-error';
import type { HubPorts } from '../ports';
import type { StateLimits } from '../state/hub-state';
import type { ArchiveAnswer, ArchiveTask } from './archive-reader';
import type { StagedBackup } from './make-backup';
import type { Held, MadeBackup, StoreProblem } from './store';

export interface WriterSetup {
  folder: string;
  limits: StateLimits;
}

/** What a thread is started with that makes one backup. */
export interface BackupTask {
  backup: StagedBackup;
  passphrase: string | null;
}

/** What the hub's thread asks of the writer. Done in order. */
export type ToWriter =
  /**
   * Reads what is on disk, up to `loaded` or `startFailed`. Refused when it ends before the record `atLeastSeq`, and when
   * fewer bytes are free.
   */
  | { kind: 'load'; atLeastSeq: number; roomBytesMin: number }
  /** Records as JSON, in order. */
  | { kind: 'append'; jsons: string[] }
  /**
   * The segment is full: saves a snapshot, if the two replicas agree, and goes on in a new one. What was held before is
   * tried again.
   */
  | { kind: 'seal'; digest: string }
  /** Tells how much room there is, when that is another level than before. */
  | { kind: 'measureRoom' }
  /** Saves a snapshot as when a segment is full, and puts what belongs into a backup of this moment aside. */
  | { kind: 'stageBackup'; name: string; digest: string }
  /** The state does not know these customers any more: leaves no file that does, but for backups. */
  | { kind: 'erase'; customerIds: string[]; attachmentIds: string[]; digest: string }
  /** The state does not know what ended before this moment any more: leaves no file that does, but for backups. */
  | { kind: 'expire'; before: number; digest: string }
  /** Tells which days the archive has, when everything before is in it. */
  | { kind: 'listArchive' }
  /** The same of the audit log and its months. */
  | { kind: 'listAudit' }
  /** Below `backups`. */
  | { kind: 'removeBackups'; names: string[] }
  /** With the digest of the hub's state, or null when it has none to compare. */
  | { kind: 'close'; digest: string | null };

/** What the writer tells the hub's thread. */
export type FromWriter =
  /** A line of the `StoredBase` (json-pieces.ts): as one message it could be too long. */
  | { kind: 'basePiece'; line: string }
  /** All of it has been told. */
  | { kind: 'base'; hubId: string; epoch: number }
  /** To replay, one a line; the writer has checked them. */
  | { kind: 'records'; text: string }
  | { kind: 'loaded'; lastSeq: number; segmentBytes: number }
  | { kind: 'startFailed'; error: StartFailure }
  | { kind: 'durable'; seq: number }
  | { kind: 'saved'; snapshotBytes: number }
  | { kind: 'space'; level: DiskSpace; freeBytes: number }
  | { kind: 'failed'; problem: StoreProblem }
  /** When that changes; nothing is held after a `load`. */
  | { kind: 'held'; held: Held[] }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; event: string; detail: Record<string, unknown> }
  /** Null: what is to be backed up could not be saved. */
  | { kind: 'backupStaged'; staged: StagedBackup | null }
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
  /** Made before: the customers are in them. */
  backups: string[];
}

/** A `HubStartError` on its way between threads, which keep an error's message only. */
type StartFailure = Pick<HubStartError, 'code' | 'message' | 'damage'>;

/** The hub's end of the line to the writer. */
export interface WriterLink {
  post(message: ToWriter): void;
  /** Packs what was put aside, on a thread of its own. */
  makeBackup(staged: StagedBackup, passphrase: string | null): Promise<MadeBackup>;
  /** Reads on a thread of its own. */
  askArchive(task: ArchiveTask): Promise<ArchiveAnswer>;
  /** After `closed`. */
  end(): Promise<void>;
}

/** What a hub with a data folder takes from outside. */
export interface FolderPorts extends HubPorts {
  /** Starts the thread that owns the disk; tests run the same writer in their own. */
  startWriter: StartWriter;
}

export type StartWriter = (setup: WriterSetup, tell: (message: FromWriter) => void) => WriterLink;
