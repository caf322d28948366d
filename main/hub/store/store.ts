import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditPage } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { DiskSpace, MessageView } from '../../../shared/protocol/views';
import type { Searchable } from '../search/search';
import type { WordsFound } from '../search/sought-words';
import type { HubRecord } from '../state/records';
import type { StoredBase } from '../state/saved-state';
import type { ArchiveFound, ArchiveTask } from './archive-reader';
import type { Arrivals } from './arrivals';
import type { Paged } from './pages';

/** Why nothing is accepted, until the store carries on by itself. */
export interface StoreProblem {
  kind: 'readOnly';
  /** `fault`: nothing is wrong with the disk; what is known has to be read from it again. */
  reason: 'diskFull' | 'ioError' | 'folderGone' | 'fault';
  /** Null: not known. */
  freeBytes: number | null;
  /** The system's words, for the log. */
  message: string;
}

/** What stands beside the journal. */
export type Held = 'config' | 'pages' | 'archive' | 'audit' | 'snapshot';

/** Below this a person should make room; years of a small office fit into it. */
export const lowSpaceBytes = 1024 ** 3;
/** Below this no messages are taken: closing, and a snapshot with its older generations, still fit. */
export const shortSpaceBytes = 64 * 1024 ** 2;

export interface StoreListener {
  /** Everything up to and including `seq` is on disk. Called once per commit, in order. */
  durable(seq: number): void;
  /** Nothing more of what was appended becomes durable. The last call: the next hub calls `listen` again. */
  failed(problem: StoreProblem): void;
  /** What can't be written though the disk takes bytes; the store tries again by itself. Called when it changes. */
  held(held: readonly Held[]): void;
  /** Called when it changes. */
  space(level: DiskSpace, freeBytes: number): void;
  /** `digestOf` the state right after the last append, to be compared with the store's own replica. */
  digest(): string;
}

export interface MadeBackup {
  /** Below the data folder's `backups`. */
  fileName: string;
  bytes: number;
}

export interface ArchiveDayName {
  day: string;
  /** The day's first moment; it is UTC's. */
  startsAt: number;
}

/**
 * What is recorded, in order. No code but a store knows that there are files; a later one may be a replicated stream.
 * Usage: open, `replay` once on `base`, `listen`, then `append` in order of `seq` without gaps, `close`. After `failed`,
 * or when the hub that appends has failed: `recovered`, and from `base` on again.
 */
export interface Store {
  readonly hubId: string;
  readonly epoch: number;
  /** Of the files beside the messages: `erase` cuts those of its customers, and no other is put in its place meanwhile. */
  readonly arrivals: Arrivals;
  /** What the records to replay are applied to (`startingState`). */
  readonly base: StoredBase;
  /** Some that `base` holds come first, where they are at hand: those who come back go on from them. */
  replay(each: (record: HubRecord) => void): Promise<void>;
  listen(listener: StoreListener): void;
  /** The record `seq` as one line of JSON. */
  append(seq: number, json: string): void;
  /**
   * Drops the listener; what it has appended is still written where that is possible. Resolves when the store has read
   * again what is there, and takes records again; rejects with a `HubStartError` when that is damaged.
   */
  recovered(): Promise<void>;
  /**
   * One file of everything up to now, below `backups`, encrypted unless the passphrase is null. Rejects with a message for
   * a person.
   */
  backup(name: string, passphrase: string | null): Promise<MadeBackup>;
  /**
   * Leaves no file that knows these customers, whom the state has forgotten, and none of the attachments that are not named
   * otherwise, and begins a new epoch. Backups go, too: those without a passphrase are replaced by one of this name;
   * the others can't be, because the hub does not know their passphrases.
   * Rejects with a message for a person, and can be asked again.
   */
  erase(customerIds: readonly string[], attachmentIds: readonly string[], backupName: string): Promise<void>;
  /** How many ended conversations `expire` would take. Rejects with a message for a person. */
  endedBefore(before: number): Promise<number>;
  /**
   * Leaves no file that knows a conversation that ended before this moment, nor what else the state has let go; backups
   * stay. Rejects with a message for a person, and can be asked again.
   */
  expire(before: number): Promise<void>;
  /**
   * The days that ended conversations are kept by, newest first, each with the moment it begins. Once this resolves, what
   * the desk had forgotten when it was asked is found there. It and the two below reject with a message for a person.
   */
  archiveDays(): Promise<ArchiveDayName[]>;
  searchArchive(task: Extract<ArchiveTask, { kind: 'search' }>): Promise<ArchiveFound>;
  /** Null: it is not of that day, or its line can't be read. */
  readArchived(day: string, conversationId: string): Promise<Searchable | null>;
  /** Of the audit log, what is older than the state's own entries. Rejects with a message for a person. */
  auditPage(before: AuditCursor | null, length: number): Promise<AuditPage>;
  /**
   * Of a conversation's messages that have left the state: those before one, as `pageOf` gives them; which of these words
   * stand in them; the file that one of them names. What had left when it was asked is found. Rejects as the above.
   */
  earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>>;
  wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound>;
  fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null>;
  /** After everything appended is durable or has failed. */
  close(): Promise<void>;
}
