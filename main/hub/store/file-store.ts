import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditEntry, AuditPage } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { DiskSpace, MessageView } from '../../../shared/protocol/views';
import { HubStartError } from '../hub-start-error';
import type { HubLimits } from '../limits';
import type { Searchable } from '../search/search';
import type { WordsFound } from '../search/sought-words';
import type { StateLimits } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import type { StoredBase } from '../state/saved-state';
import type { ArchiveAnswer, ArchiveFound, ArchiveTask } from './archive-reader';
import { Arrivals } from './arrivals';
import { auditMonthOf } from './audit-files';
import { isPlainBackup } from './backup-file';
import { type FolderLock, lockFolder } from './folder-lock';
import { lineOverheadBytes } from './journal-lines';
import { Assembly } from './json-pieces';
import { removeUnfinished, type StagedBackup } from './make-backup';
import { makeFolder, unwritable } from './make-folder';
import type { Paged } from './pages';
import {
  type ArchiveDayName,
  type Held,
  type MadeBackup,
  type Store,
  type StoreListener,
  type StoreProblem,
  shortSpaceBytes,
} from './store';
import type { Erased, FolderPorts, FromWriter, WriterLink } from './writer-messages';

/** Backoff for writing what is held: doubles from the first up to the maximum. */
const retryFirstMs = 30_000;
const retryMaxMs = 60 * 60_000;

/** How often a failed disk is retried, and the free space of a nearly full one measured. */
const probeEveryMs = 5_000;

type StoreLimits = StateLimits & Pick<HubLimits, 'segmentBytesMax'>;
type Phase = 'loading' | 'loaded' | 'failed' | 'closed';

/**
 * The hub thread's side of the data folder: sends records to the writer as JSON text, and gets back the number up to
 * which they are durable.
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
  /** The writer's answers. Undefined until it has answered; null or false: it failed. */
  private staged: StagedBackup | null | undefined;
  private erased: Erased | null | undefined;
  private expired: boolean | undefined;
  private backupsRemoved: boolean | undefined;
  private held: readonly Held[] = [];
  private cancelRetry: () => void = () => undefined;
  /** Pending requests for the archive's days, in order; resolved with null when it can't be read now. */
  private listings: ((days: readonly string[] | null) => void)[] = [];
  /** The same for the audit log's months. */
  private auditListings: ((months: readonly string[] | null) => void)[] = [];
  /** The running backup, erasure or expiry; they run one after another. */
  private busy: Promise<void> | null = null;
  private waiting: (() => void)[] = [];
  private cancelProbe: () => void = () => undefined;
  private readonly writer: WriterLink;

  constructor(
    folder: string,
    private readonly limits: StoreLimits,
    private readonly ports: Pick<FolderPorts, 'clock' | 'log' | 'startWriter'>,
    readonly lock: FolderLock,
  ) {
    this.writer = ports.startWriter({ folder, limits }, (message) => this.told(message));
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
    this.release();
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
    if (this.problem) this.tellFailed(this.problem);
    else if (this.held.length > 0) listener.held(this.held);
  }

  append(seq: number, json: string): void {
    if (seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${seq}`);
    this.lastSeq = seq;
    if (this.phase !== 'loaded') return;
    this.writer.post({ kind: 'append', jsons: [json] });
    this.segmentBytes += json.length + lineOverheadBytes;
    if (this.segmentBytes >= Math.max(this.limits.segmentBytesMax, 2 * this.snapshotBytes)) this.seal();
  }

  async recovered(): Promise<void> {
    this.listener = null;
    this.endListings();
    if (this.phase === 'loaded' || this.problem?.reason === 'fault') await this.loadAgain(0);
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
    return this.inTurn((whose) => this.makeBackup(name, passphrase, whose));
  }

  erase(customerIds: readonly string[], attachmentIds: readonly string[], backupName: string): Promise<void> {
    return this.inTurn(async (whose) => {
      await this.arrivals.cut(customerIds);
      const erased = await this.arrivals.inTurn(async () => {
        this.needsWritable(whose);
        this.segmentBytes = 0;
        this.erased = undefined;
        const theirs = { customerIds: [...customerIds], attachmentIds: [...attachmentIds] };
        this.writer.post({ kind: 'erase', ...theirs, digest: whose.digest() });
        return this.heard(whose, () => this.erased);
      });
      if (!erased) throw new Error('The data folder could not be written anew; the log says why.');
      const { epoch, backups } = erased;
      this.epoch = epoch;
      if (backups.length === 0) return;
      const replaced = backups.some(isPlainBackup) ? await this.makeBackup(backupName, null, whose) : null;
      this.needsWritable(whose);
      this.backupsRemoved = undefined;
      this.writer.post({ kind: 'removeBackups', names: backups.filter((each) => each !== replaced?.fileName) });
      if (!(await this.heard(whose, () => this.backupsRemoved)))
        throw new Error('Older backups could not be removed; the log says why.');
    });
  }

  async endedBefore(before: number): Promise<number> {
    let conversations = 0;
    for (const { day, startsAt } of await this.archiveDays()) {
      if (startsAt >= before) continue;
      const answer = await this.writer.askArchive({ kind: 'count', day });
      if ('conversations' in answer) conversations += answer.conversations;
    }
    return conversations;
  }

  expire(before: number): Promise<void> {
    return this.inTurn(async (whose) => {
      this.segmentBytes = 0;
      this.expired = undefined;
      this.writer.post({ kind: 'expire', before, digest: whose.digest() });
      if (!(await this.heard(whose, () => this.expired)))
        throw new Error('The data folder could not be written anew; the log says why.');
    });
  }

  async archiveDays(): Promise<ArchiveDayName[]> {
    const days = await this.listed((resolve) => {
      this.listings.push(resolve);
      this.writer.post({ kind: 'listArchive' });
    });
    const named = days.map((day) => ({ day, startsAt: Date.parse(day.slice(0, 10)) }));
    return named.sort((a, b) => b.startsAt - a.startsAt);
  }

  async searchArchive(task: Extract<ArchiveTask, { kind: 'search' }>): Promise<ArchiveFound> {
    const answer = await this.writer.askArchive(task);
    return 'found' in answer ? answer : { found: [], bytes: 0 };
  }

  async readArchived(day: string, conversationId: string): Promise<Searchable | null> {
    const answer = await this.writer.askArchive({ kind: 'read', day, conversationId });
    return 'conversation' in answer ? answer.conversation : null;
  }

  async auditPage(before: AuditCursor | null, length: number): Promise<AuditPage> {
    const months = await this.listed((resolve) => {
      this.auditListings.push(resolve);
      this.writer.post({ kind: 'listAudit' });
    });
    const entries: AuditEntry[] = [];
    for (const month of [...months].reverse()) {
      if (before !== null && month > auditMonthOf(before.at)) continue;
      if (entries.length > length) break;
      const task = { kind: 'audit', month, before, length: length + 1 - entries.length } as const;
      const answer = await this.writer.askArchive(task);
      if ('entries' in answer) entries.push(...answer.entries);
    }
    return { entries: entries.slice(0, length), isLast: entries.length <= length };
  }

  private async listed(ask: (resolve: (names: readonly string[] | null) => void) => void): Promise<readonly string[]> {
    const names = await new Promise<readonly string[] | null>((resolve) => {
      if (this.phase === 'loaded') ask(resolve);
      else resolve(null);
    });
    if (!names) throw new Error('The data folder can’t be read now.');
    return names;
  }

  async earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>> {
    const answer = await this.askPages({ kind: 'earlier', of, before, withNotes });
    return 'page' in answer ? answer.page : { messages: [], earlier: false };
  }

  async wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound> {
    const answer = await this.askPages({ kind: 'words', of, words });
    return 'inPages' in answer ? answer.inPages : { words: [], excerpt: null };
  }

  async fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null> {
    const answer = await this.askPages({ kind: 'file', of, attachmentId });
    return 'file' in answer ? answer.file : null;
  }

  private async askPages(task: ArchiveTask): Promise<ArchiveAnswer> {
    // Waits until the writer has written the pages it was given before.
    await this.archiveDays();
    return this.writer.askArchive(task);
  }

  /** Waits for the writer's answer; undefined when the store failed first, or the hub that asked has ended. */
  private async heard<T>(whose: StoreListener, said: () => T | undefined): Promise<T | undefined> {
    while (said() === undefined && this.isWritable(whose)) await this.more();
    return said();
  }

  /** Starts synchronously when nothing is running, so that a backup is of the time it was requested. */
  private async inTurn<T>(work: (whose: StoreListener) => Promise<T>): Promise<T> {
    const whose = this.listener;
    while (this.busy) await this.busy;
    // The hub that asked may have ended meanwhile, and its successor's state may not match the request.
    this.needsWritable(whose);
    const done = work(whose);
    const over = () => {
      this.busy = null;
    };
    this.busy = done.then(over, over);
    return done;
  }

  private isWritable(whose: StoreListener | null): whose is StoreListener {
    return this.phase === 'loaded' && whose !== null && whose === this.listener;
  }

  private needsWritable(whose: StoreListener | null): asserts whose is StoreListener {
    if (!this.isWritable(whose)) throw new Error('The data folder can’t be written now.');
  }

  private async makeBackup(name: string, passphrase: string | null, whose: StoreListener): Promise<MadeBackup> {
    this.needsWritable(whose);
    this.segmentBytes = 0;
    this.staged = undefined;
    this.writer.post({ kind: 'stageBackup', name, digest: whose.digest() });
    const staged = await this.heard(whose, () => this.staged);
    if (!staged) throw new Error('Its state could not be saved first; the log says why.');
    return this.writer.makeBackup(staged, passphrase);
  }

  async close(): Promise<void> {
    this.cancelProbe();
    this.cancelRetry();
    const digest = this.phase === 'loaded' && this.listener ? this.listener.digest() : null;
    this.writer.post({ kind: 'close', digest });
    while (this.phase !== 'closed') await this.more();
    await this.writer.end();
    await this.lock.release();
  }

  /** Keeps measuring while space is low, because room may be made while nothing is written. */
  private lookForRoom(space: DiskSpace): void {
    this.cancelProbe();
    if (space === 'plenty') return;
    this.cancelProbe = this.ports.clock.at(this.ports.clock.now() + probeEveryMs, () => {
      this.writer.post({ kind: 'measureRoom' });
      this.lookForRoom(space);
    });
  }

  private seal(): void {
    if (this.phase !== 'loaded' || !this.listener) return;
    this.segmentBytes = 0;
    this.writer.post({ kind: 'seal', digest: this.listener.digest() });
  }

  private hold(held: readonly Held[]): void {
    const isFirst = this.held.length === 0;
    this.held = held;
    this.listener?.held(held);
    if (held.length === 0) this.cancelRetry();
    else if (isFirst) this.retryIn(retryFirstMs);
  }

  private retryIn(ms: number): void {
    this.cancelRetry = this.ports.clock.at(this.ports.clock.now() + ms, () => {
      this.seal();
      this.retryIn(Math.min(2 * ms, retryMaxMs));
    });
  }

  /** Forgets what was held; a load begins with nothing held. */
  private release(): void {
    this.cancelRetry();
    this.held = [];
  }

  private tellFailed(problem: StoreProblem): void {
    const { listener } = this;
    this.listener = null;
    listener?.failed(problem);
  }

  private endListings(): void {
    for (const listing of [...this.listings.splice(0), ...this.auditListings.splice(0)]) listing(null);
  }

  /** Resolves at the writer's next message that changes what is waited for. */
  private more(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private told(message: FromWriter): void {
    switch (message.kind) {
      case 'durable':
        this.durableSeq = message.seq;
        this.listener?.durable(message.seq);
        return;
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
        this.lastSeq = message.lastSeq;
        this.durableSeq = message.lastSeq;
        this.segmentBytes = message.segmentBytes;
        break;
      case 'startFailed':
        this.startFailure = new HubStartError(message.error.code, message.error.message, message.error.damage);
        this.phase = 'failed';
        break;
      case 'failed':
        this.phase = 'failed';
        this.problem = message.problem;
        this.cancelProbe();
        this.release();
        this.endListings();
        if (this.listener) this.tellFailed(message.problem);
        break;
      case 'saved':
        this.snapshotBytes = message.snapshotBytes;
        return;
      case 'space':
        this.lookForRoom(message.level);
        this.listener?.space(message.level, message.freeBytes);
        return;
      case 'held':
        this.hold(message.held);
        return;
      case 'log':
        this.ports.log[message.level](message.event, message.detail);
        return;
      case 'archiveListed':
        this.listings.shift()?.(message.days);
        return;
      case 'auditListed':
        this.auditListings.shift()?.(message.months);
        return;
      case 'backupStaged':
        this.staged = message.staged;
        break;
      case 'erased':
        this.erased = message.erased;
        break;
      case 'expired':
        this.expired = message.done;
        break;
      case 'backupsRemoved':
        this.backupsRemoved = message.done;
        break;
      case 'closed':
        this.cancelProbe();
        this.phase = 'closed';
        this.endListings();
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** Returns the error, or null. */
function replayLines(text: string, each: (record: HubRecord) => void): Error | null {
  try {
    for (const line of text.split('\n')) each(JSON.parse(line) as HubRecord);
    return null;
  } catch (error) {
    return error as Error;
  }
}
