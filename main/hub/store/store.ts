import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditPage } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { DiskSpace, MessageView } from '../../../shared/protocol/views';
import type { Search, Searchable } from '../search/search';
import type { WordsFound } from '../search/sought-words';
import type { HubRecord, PastCustomer } from '../state/records';
import type { StoredBase } from '../state/saved-state';
import type { ArchiveFound, ArchiveTask, SoughtConversation } from './archive-reader';
import type { Arrivals } from './arrivals';
import type { Sought } from './customer-files';
import type { Paged } from './pages';

/** Why the store is read-only, until it recovers by itself. */
export interface StoreProblem {
  kind: 'readOnly';
  /** `fault`: the disk is fine, but the state has to be loaded from it again. */
  reason: 'diskFull' | 'ioError' | 'folderGone' | 'fault';
  /** Null: not known. */
  freeBytes: number | null;
  /** The error's text, for the log. */
  message: string;
}

/** What is written beside the journal. */
export type Held = 'config' | 'pages' | 'archive' | 'audit' | 'snapshot';

/** Below this a person should make room; it holds years of a small office. */
export const lowSpaceBytes = 1024 ** 3;
/** Below this no messages are accepted, so that closing and a snapshot with its older generations still fit. */
export const shortSpaceBytes = 64 * 1024 ** 2;

export interface StoreListener {
  /** Every record up to and including `seq` is durable. Called once per commit, in order. */
  durable(seq: number): void;
  /** No further record becomes durable. The last call to this listener; the next hub calls `listen` again. */
  failed(problem: StoreProblem): void;
  /** What can't be written although the disk works; the store retries by itself. Called on each change. */
  held(held: readonly Held[]): void;
  /** Called when the level changes. */
  space(level: DiskSpace, freeBytes: number): void;
  /** The running digest right after the last append, for comparison with the store's own replica. */
  digest(): string;
}

export interface MadeBackup {
  /** Below the data folder's `backups`. */
  fileName: string;
  bytes: number;
}

export interface ArchiveDayName {
  day: string;
  /** The start of the UTC day, in epoch ms. */
  startsAt: number;
}

/**
 * Stores the records, in order. Only a store knows that there are files; a later one may be a replicated stream.
 * Usage: open, `replay` once on `base`, `listen`, then `append` in order of `seq` without gaps, `close`. After
 * `failed`, or when the hub that appends has failed: `recovered`, then again from `base` on.
 */
export interface Store {
  readonly hubId: string;
  readonly epoch: number;
  /** Uploads in progress: `erase` cuts those of its customers, and while it runs no other file is put in place. */
  readonly arrivals: Arrivals;
  /** What the records to replay are applied to (`startingState`). */
  readonly base: StoredBase;
  /** May begin with records that `base` already includes, from which clients can resume. */
  replay(each: (record: HubRecord) => void): Promise<void>;
  listen(listener: StoreListener): void;
  /** The record `seq` as one line of JSON. */
  append(seq: number, json: string): void;
  /**
   * Drops the listener; appended records are still written where possible. Resolves when the store has loaded again and
   * accepts records; rejects with a `HubStartError` when the data is damaged.
   */
  recovered(): Promise<void>;
  /**
   * Makes one file of everything up to now, below `backups`, encrypted unless the passphrase is null. Rejects with a
   * message for a person.
   */
  backup(name: string, passphrase: string | null): Promise<MadeBackup>;
  /**
   * Removes these customers, already gone from the state, from all files, and those of the attachments that nothing
   * else names; begins a new epoch. Removes backups too: a new one of this name replaces those without a passphrase,
   * but not the others, because the hub does not know their passphrases. Rejects with a message for a person, and can
   * be retried.
   */
  erase(customerIds: readonly string[], attachmentIds: readonly string[], backupName: string): Promise<void>;
  /** How many ended conversations `expire` would remove. Rejects with a message for a person. */
  endedBefore(before: number): Promise<number>;
  /**
   * Removes conversations that ended before this time, and everything else the state has expired, from all files except
   * backups. Rejects with a message for a person, and can be retried.
   */
  expire(before: number): Promise<void>;
  /**
   * The archive's days, newest first. Once it resolves, every conversation that had left the state when it was called
   * is in the archive. It and the three below reject with a message for a person.
   */
  archiveDays(): Promise<ArchiveDayName[]>;
  /** Of these days of the archive those in which something may match, in the same order. */
  narrowed(days: readonly ArchiveDayName[], search: Search): Promise<ArchiveDayName[]>;
  searchArchive(task: Extract<ArchiveTask, { kind: 'search' }>): Promise<ArchiveFound>;
  /** Null: not in that day, or unreadable. */
  readArchived(day: string, sought: SoughtConversation): Promise<Searchable | null>;
  /** Audit log entries older than those in the state. Rejects with a message for a person. */
  auditPage(before: AuditCursor | null, length: number): Promise<AuditPage>;
  /**
   * Resolves once these customers are on disk, from where they may leave the state; false: they could not be written.
   */
  putPast(customers: readonly PastCustomer[]): Promise<boolean>;
  /** A customer who has left the state, as last put; by id this takes a while. Rejects with a message for a person. */
  findPast(sought: Sought): Promise<PastCustomer | null>;
  /**
   * About a conversation's messages that had left the state when it was called: the page before a message, as `pageOf`
   * gives it; which of these words occur in them; a file attached to one. They reject as those above.
   */
  earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>>;
  wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound>;
  fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null>;
  /** Closes once everything appended is durable or has failed. */
  close(): Promise<void>;
}
