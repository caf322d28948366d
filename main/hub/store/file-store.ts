import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditPage } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { MessageView } from '../../../shared/protocol/views';
import { HubStartError } from '../hub-start-error';
import type { HubLimits } from '../limits';
import type { Search, Searchable } from '../search/search';
import type { WordsFound } from '../search/sought-words';
import type { StateLimits } from '../state/hub-state';
import { parseRecord } from '../state/message-record';
import type { HubRecord, PastCustomer } from '../state/records';
import type { StoredBase } from '../state/saved-state';
import { Appender } from './appender';
import type { ArchiveFound, ArchiveTask, SoughtConversation } from './archive-reader';
import { Arrivals } from './arrivals';
import type { Sought } from './customer-files';
import { type FolderLock, lockFolder } from './folder-lock';
import { FolderReading } from './folder-reading';
import { FolderTasks, type SealedRequest } from './folder-tasks';
import { HeldRetry } from './held-retry';
import { lineOverheadBytes } from './journal-lines';
import { Assembly } from './json-pieces';
import { removeUnfinished } from './make-backup';
import { makeFolder, unwritable } from './make-folder';
import type { Paged } from './pages';
import { RoomWatch } from './room-watch';
import {
  type ArchiveDayName,
  type MadeBackup,
  type Store,
  type StoreListener,
  type StoreProblem,
  shortSpaceBytes,
} from './store';
import type { FolderPorts, FromWriter, ToWriter, WriterLink } from './writer-messages';

/** How often a failed disk is tried again. */
const probeEveryMs = 5_000;

type StoreLimits = StateLimits & Pick<HubLimits, 'segmentBytesMax' | 'slowSync'>;
type Phase = 'loading' | 'loaded' | 'failed' | 'closed';

/**
 * The hub thread's side of the data folder: appends records to the journal, and tells the writer, which keeps all else,
 * what is durable.
 */
export class FileStore implements Store {
  hubId = '';
  epoch = 0;
  readonly arrivals = new Arrivals();
  base: StoredBase = { state: null, config: null };
  private phase: Phase = 'loading';
  private listener: StoreListener | null = null;
  private lastSeq = 0;
  private durableSeq = 0;
  private segmentBytes = 0;
  /** Size of the last one. A segment gets at least twice as long, so that snapshots cost less than the journal. */
  private snapshotBytes = 0;
  /** Records received from the writer and not replayed yet. */
  private incoming: string[] = [];
  private based = false;
  private basePieces = new Assembly();
  private problem: StoreProblem | null = null;
  private startFailure: HubStartError | null = null;
  private waiting: (() => void)[] = [];
  /** Customers about to leave the state, in order; resolved with false when they could not be written. */
  private readonly pastPuts: ((done: boolean) => void)[] = [];
  private cancelProbe: () => void = () => undefined;
  private readonly writer: WriterLink;
  private readonly reading: FolderReading;
  private readonly tasks: FolderTasks;
  private readonly held: HeldRetry;
  private readonly room: RoomWatch;
  private readonly appender: Appender;

  constructor(
    private readonly folder: string,
    private readonly limits: StoreLimits,
    private readonly ports: Pick<FolderPorts, 'clock' | 'log' | 'startWriter'>,
    readonly lock: FolderLock,
  ) {
    const { clock } = ports;
    this.writer = ports.startWriter({ folder, limits }, (message) => this.told(message));
    this.reading = new FolderReading(this.writer, (message) => this.post(message));
    const host = {
      epoch: () => this.epoch,
      writable: () => (this.phase === 'loaded' ? this.listener : null),
      post: (message: ToWriter) => void this.post(message),
      postSealed: (request: SealedRequest, epoch?: number) => this.postSealed(request, () => this.tasks.end(), epoch),
    };
    this.tasks = new FolderTasks(this.writer, this.arrivals, host, (epoch) => {
      this.epoch = epoch;
    });
    this.held = new HeldRetry(
      clock,
      () => this.seal(),
      (held) => this.listener?.held(held),
    );
    this.room = new RoomWatch(
      clock,
      () => this.appender.measure(),
      (level, freeBytes) => this.listener?.space(level, freeBytes),
    );
    this.appender = new Appender(folder, limits.slowSync, this.writer.journal, {
      appended: (jsons, seq) => this.appended(jsons, seq),
      measured: (freeBytes) => this.room.measured(freeBytes),
      failed: (problem, fault) => {
        if (fault) ports.log.error('store.fault', { ...fault });
        this.failed(problem);
      },
      moved: (where) => {
        if (where === 'toThread') ports.log.warn('journal.slowDisk', { ...limits.slowSync });
        else ports.log.info('journal.quickDisk', { ...limits.slowSync });
      },
    });
  }

  /** Makes the folder if it is missing, locks it and loads its base. Rejects with a `HubStartError`. */
  static async open(folder: string, limits: StoreLimits, ports: FolderPorts): Promise<FileStore> {
    await makeFolder(folder);
    const lock = await lockFolder(folder).catch((error) => {
      throw error instanceof HubStartError ? error : unwritable(folder, error);
    });
    const store = new FileStore(folder, limits, ports, lock);
    try {
      await store.load(0);
      await removeUnfinished(folder);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Resolves when the base is loaded; the records follow in `replay`. */
  async load(roomBytesMin: number): Promise<void> {
    this.phase = 'loading';
    this.problem = null;
    this.based = false;
    this.basePieces = new Assembly();
    this.startFailure = null;
    this.incoming = [];
    this.cancelProbe();
    this.room.stop();
    this.held.forget();
    try {
      await this.appender.shut();
    } catch (error) {
      this.phase = 'failed';
      throw unwritable(this.folder, error);
    }
    this.writer.post({ kind: 'load', atLeastSeq: this.durableSeq, roomBytesMin });
    while (!this.based) {
      await this.more();
      if (this.startFailure) throw this.startFailure;
      // Once there is a base, failures go to the listener instead.
      if (!this.based && (this.phase as Phase) === 'failed')
        throw new Error('the thread that owns the data folder has ended');
    }
  }

  async replay(each: (record: HubRecord) => void): Promise<void> {
    let fault: Error | null = null;
    for (;;) {
      const text = this.incoming.shift();
      if (text !== undefined) fault ??= replayLines(text, each);
      else if (this.phase === 'loading') await this.more();
      else break;
    }
    // The state replayed on it has taken over its objects.
    this.base = { state: null, config: null };
    // The writer has hit the same fault, and its error says what a person can do about it.
    if (this.startFailure) throw this.startFailure;
    if (fault) throw fault;
  }

  listen(listener: StoreListener): void {
    this.listener = listener;
    // The store may have failed during the replay.
    if (this.problem) {
      this.tellFailed(this.problem);
      return;
    }
    this.held.tellAgain();
    this.room.tellAgain();
  }

  append(seq: number, json: string): void {
    if (seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${seq}`);
    this.lastSeq = seq;
    if (this.phase !== 'loaded') return;
    this.appender.append(json);
    this.segmentBytes += json.length + lineOverheadBytes;
    if (this.segmentBytes >= Math.max(this.limits.segmentBytesMax, 2 * this.snapshotBytes)) this.seal();
  }

  private appended(jsons: string[], seq: number): void {
    this.durableSeq = seq;
    this.writer.post({ kind: 'append', jsons });
    this.listener?.durable(seq);
  }

  async recovered(): Promise<void> {
    this.listener = null;
    this.endAsked();
    if (this.phase === 'loaded') await this.appender.drain();
    if ((this.phase as Phase) === 'loaded' || this.problem?.reason === 'fault') await this.loadAgain(0);
    while (this.phase === 'failed') {
      await new Promise<void>((resolve) => {
        this.cancelProbe = this.ports.clock.at(this.ports.clock.now() + probeEveryMs, resolve);
      });
      await this.loadAgain(shortSpaceBytes);
    }
  }

  private async loadAgain(roomBytesMin: number): Promise<void> {
    try {
      await this.load(roomBytesMin);
    } catch (error) {
      if (error instanceof HubStartError && error.code !== 'folderUnwritable') throw error;
      this.ports.log.warn('store.stillReadOnly', { message: (error as Error).message });
    }
  }

  backup(name: string, passphrase: string | null): Promise<MadeBackup> {
    return this.tasks.backup(name, passphrase);
  }

  erase(customerIds: readonly string[], attachmentIds: readonly string[], backupName: string): Promise<void> {
    return this.tasks.erase(customerIds, attachmentIds, backupName);
  }

  expire(before: number): Promise<void> {
    return this.tasks.expire(before);
  }

  endedBefore(before: number): Promise<number> {
    return this.reading.endedBefore(before);
  }

  archiveDays(): Promise<ArchiveDayName[]> {
    return this.reading.archiveDays();
  }

  narrowed(days: readonly ArchiveDayName[], search: Search): Promise<ArchiveDayName[]> {
    return this.reading.narrowed(days, search);
  }

  searchArchive(task: Extract<ArchiveTask, { kind: 'search' }>): Promise<ArchiveFound> {
    return this.reading.search(task);
  }

  readArchived(day: string, sought: SoughtConversation): Promise<Searchable | null> {
    return this.reading.readArchived(day, sought);
  }

  auditPage(before: AuditCursor | null, length: number): Promise<AuditPage> {
    return this.reading.auditPage(before, length);
  }

  earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>> {
    return this.reading.earlierPage(of, before, withNotes);
  }

  wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound> {
    return this.reading.wordsInPages(of, words);
  }

  fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null> {
    return this.reading.fileInPages(of, attachmentId);
  }

  putPast(customers: readonly PastCustomer[]): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.post({ kind: 'putPast', customers: [...customers] })) this.pastPuts.push(resolve);
      else resolve(false);
    });
  }

  findPast(sought: Sought): Promise<PastCustomer | null> {
    return this.reading.findPast(sought);
  }

  async close(): Promise<void> {
    this.cancelProbe();
    this.held.forget();
    this.room.stop();
    while (!this.appender.isIdle) await this.appender.drain();
    const digest = this.phase === 'loaded' && this.listener ? this.listener.digest() : null;
    this.writer.post({ kind: 'close', at: digest === null ? null : { digest, journalSum: this.appender.journalSum } });
    while (this.phase !== 'closed') await this.more();
    await this.appender.shut().catch(() => undefined);
    await this.writer.end();
    await this.lock.release();
  }

  /** Behind everything appended so far. */
  private post(message: ToWriter): boolean {
    if (this.phase !== 'loaded') return false;
    this.appender.behind(() => this.writer.post(message));
    return true;
  }

  /** Begins a new segment, and posts the request with what is known at that place. */
  private postSealed(request: SealedRequest, refused: () => void, epoch = this.epoch): void {
    if (this.phase !== 'loaded' || !this.listener) return;
    this.segmentBytes = 0;
    const digest = this.listener.digest();
    this.appender.seal({ hubId: this.hubId, epoch }, (sealed) => {
      if (!sealed.refused) {
        this.writer.post(request({ digest, journalSum: sealed.journalSum }));
        return;
      }
      this.ports.log.error('store.held', { what: 'snapshot', ...sealed.refused });
      refused();
    });
  }

  private seal(): void {
    this.held.set('journal', []);
    this.postSealed(
      (at) => ({ kind: 'save', at }),
      () => this.held.set('journal', ['snapshot']),
    );
  }

  /** The writer answers nothing that was asked before. */
  private endAsked(): void {
    this.reading.end();
    this.tasks.end();
    for (const put of this.pastPuts.splice(0)) put(false);
  }

  private tellFailed(problem: StoreProblem): void {
    const { listener } = this;
    this.listener = null;
    listener?.failed(problem);
  }

  private failed(problem: StoreProblem): void {
    this.phase = 'failed';
    this.problem = problem;
    this.cancelProbe();
    this.room.stop();
    this.held.forget();
    this.endAsked();
    if (this.listener) this.tellFailed(problem);
  }

  /** Resolves at the writer's next message that changes what is waited for. */
  private more(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private told(message: FromWriter): void {
    switch (message.kind) {
      case 'basePiece':
        this.basePieces.take(message.line);
        return;
      case 'base':
        this.hubId = message.hubId;
        this.epoch = message.epoch;
        this.base = this.basePieces.value as StoredBase;
        this.basePieces = new Assembly();
        this.based = true;
        break;
      case 'records':
        this.incoming.push(message.text);
        break;
      case 'loaded':
        this.phase = 'loaded';
        this.lastSeq = message.end.lastSeq;
        this.durableSeq = message.end.lastSeq;
        this.segmentBytes = message.end.goodBytes;
        this.appender.open(message.end);
        this.appender.measure();
        break;
      case 'startFailed':
        this.startFailure = new HubStartError(message.error.code, message.error.message, message.error.damage);
        this.phase = 'failed';
        break;
      case 'failed':
        // Of an earlier load: the one under way reads everything anew.
        if (this.phase === 'loading') return;
        this.appender.halt();
        this.failed(message.problem);
        break;
      case 'ended':
        this.appender.halt();
        this.failed({ kind: 'readOnly', reason: 'fault', freeBytes: null, message: message.message });
        break;
      case 'saved':
        this.snapshotBytes = message.snapshotBytes;
        return;
      case 'held':
        this.held.set('writer', message.held);
        return;
      case 'log':
        this.ports.log[message.level](message.event, message.detail);
        return;
      case 'archiveListed':
        this.reading.archiveListed(message.days);
        return;
      case 'auditListed':
        this.reading.auditListed(message.months);
        return;
      case 'pastPut':
        this.pastPuts.shift()?.(message.done);
        return;
      case 'backupStaged':
      case 'erased':
      case 'expired':
      case 'backupsRemoved':
        this.tasks.answered(message);
        return;
      case 'closed':
        this.room.stop();
        this.phase = 'closed';
        this.endAsked();
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** Returns the error, or null. */
function replayLines(text: string, each: (record: HubRecord) => void): Error | null {
  try {
    for (const line of text.split('\n')) each(parseRecord(line));
    return null;
  } catch (error) {
    return error as Error;
  }
}
