import { dirname, join } from 'node:path';
import type { DiskSpace } from '../../../shared/protocol/views';
import { HubStartError } from '../hub-start-error';
import { configToJson } from '../state/config';
import { type HubState, replayRecord } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { digestOf, saveState, startingState } from '../state/saved-state';
import type { MessagesLeft } from '../state/thread';
import { kindOf } from '../system/error-kind';
import { Archive } from './archive';
import { type ArchivedConversation, archived } from './archived-conversation';
import { attachmentPath } from './attachment-files';
import { AuditFiles, auditMonths } from './audit-files';
import {
  configFile,
  openIdentity,
  probeFolder,
  quarantineTemporary,
  snapshotFile,
  snapshotGenerations,
  writeIdentity,
} from './data-folder';
import { type Disk, errorCode, isDiskError } from './disk';
import { listIfThere, removeIfThere } from './durable-file';
import { type Identity, Journal, removeSegments } from './journal';
import { segmentsUpTo } from './journal-reader';
import { linesOf } from './json-pieces';
import { putAside } from './make-backup';
import { unwritable } from './make-folder';
import { Pages } from './pages';
import { readFolder } from './read-folder';
import { type Held, lowSpaceBytes, type StoreProblem, shortSpaceBytes } from './store';
import { dataFormat } from './upgrade/data-format';
import type { FromWriter, ToWriter, WriterSetup } from './writer-messages';

/** Records are sent to the hub's thread in chunks, so that both threads replay in parallel. */
const replayChunkLength = 256 * 1024;

type Wanted = Extract<ToWriter, { kind: 'load' }>;
type Request = Exclude<ToWriter, { kind: 'load' | 'append' | 'close' }>;

interface Open {
  identity: Identity;
  journal: Journal;
  archive: Archive;
  audit: AuditFiles;
  pages: Pages;
  /** The writer's replica of the hub's state. */
  state: HubState;
  /** Conversations that have left the state and are not in the archive yet. */
  forgotten: ArchivedConversation[];
  /** Messages that have left the state and are not on a page yet. */
  left: MessagesLeft[];
  configIsBehind: boolean;
  /** What could not be written although the disk works; not retried before the next `seal`. */
  held: Set<Held>;
  /** `seq` of up to two snapshots known to be good, the newer last. */
  snapshots: number[];
  space: DiskSpace;
}

/**
 * Owns the data folder. Handles requests in order; records queued meanwhile share one write and one sync. Keeps a
 * replica of the state by applying the records it has written; snapshots, configuration and archive are made from it.
 */
export class Writer {
  private open: Open | null = null;
  /** Set after an error, when the last writes may be readable without being durable. */
  private toMend: Pick<Open, 'journal' | 'archive' | 'audit'> | null = null;
  private toldHeld: readonly Held[] = [];

  constructor(
    private readonly disk: Disk,
    private readonly setup: WriterSetup,
    private readonly newHubId: () => string,
    private readonly tell: (message: FromWriter) => void,
  ) {}

  /** Handles all queued messages, in order. */
  take(messages: readonly ToWriter[]): void {
    let batch: string[] = [];
    const commit = () => {
      if (batch.length > 0) this.commit(batch);
      batch = [];
    };
    for (const message of messages) {
      if (message.kind === 'append') {
        batch = batch.length === 0 ? message.jsons : batch.concat(message.jsons);
        continue;
      }
      commit();
      if (message.kind === 'load') this.load(message);
      else if (message.kind === 'close') this.close(message.digest);
      else this.guarded((open) => this.serve(open, message));
    }
    commit();
  }

  /** Only a grave error stops the writer; any other fails this one request, which is answered so. */
  private serve(open: Open, message: Request): void {
    try {
      if (message.kind === 'seal') this.seal(open, message.digest);
      else if (message.kind === 'measureRoom') this.tellSpace(open, open.journal.freeBytes());
      else if (message.kind === 'stageBackup') this.stageBackup(open, message);
      else if (message.kind === 'erase') this.erase(open, message);
      else if (message.kind === 'expire') this.expire(open, message);
      else if (message.kind === 'listArchive') this.listArchive(open);
      else if (message.kind === 'listAudit') this.listAudit();
      else this.removeBackups(message.names);
    } catch (error) {
      if (isGrave(open, error)) throw error;
      this.log('error', 'store.requestFailed', { request: message.kind, ...kindOf(error) });
      const answer = failureOf[message.kind];
      if (answer) this.tell(answer);
    }
  }

  private load(wanted: Wanted): void {
    // The folder may still be open when the next hub loads it.
    this.toMend = this.open ?? this.toMend;
    this.open = null;
    this.toldHeld = [];
    try {
      this.open = this.read(wanted);
    } catch (error) {
      const { code, message, damage } = startError(this.setup.folder, error);
      this.tell({ kind: 'startFailed', error: { code, message, damage } });
      return;
    }
    const { journal } = this.open;
    this.tell({ kind: 'loaded', lastSeq: journal.lastSeq, segmentBytes: journal.segmentBytes });
    this.guarded((open) => {
      this.tellSpace(open, journal.freeBytes());
      this.catchUp(open);
      open.pages.tidy(open.state.threads.held());
    });
  }

  private read({ atLeastSeq, roomBytesMin }: Wanted): Open {
    const { disk } = this;
    const { folder, limits } = this.setup;
    if (disk.freeBytes(folder) < roomBytesMin) throw Object.assign(new Error('too little room'), { code: 'ENOSPC' });
    probeFolder(disk, folder);
    if (this.toMend) this.mend(this.toMend);
    quarantineTemporary(disk, folder);
    const { identity, format } = openIdentity(disk, folder, this.newHubId);
    const forgotten: ArchivedConversation[] = [];
    const audit = new AuditFiles(disk, folder);
    const left: MessagesLeft[] = [];
    const replica: { state: HubState | null } = { state: null };
    const begun = () => {
      if (!replica.state) throw new Error('there is nothing yet that a record could be replayed on');
      return replica.state;
    };
    let chunk = '';
    const flush = () => {
      if (chunk !== '') this.tell({ kind: 'records', text: chunk });
      chunk = '';
    };
    const send = (json: string) => {
      chunk += chunk === '' ? json : `\n${json}`;
      if (chunk.length > replayChunkLength) flush();
    };
    const { base, end, snapshotSeq } = readFolder(disk, folder, identity.hubId, {
      base: (found) => {
        for (const line of linesOf(found)) this.tell({ kind: 'basePiece', line });
        this.tell({ kind: 'base', ...identity });
        replica.state = startingState(
          found,
          { ...limits, recentRecordsMax: 0 },
          {
            conversation: (each) => void forgotten.push(archived(each, begun().customers.get(each.customerId))),
            messages: (page) => void left.push(page),
            entry: (each) => audit.add(each),
          },
        );
      },
      knownMax: limits.recentRecordsMax,
      known(jsons) {
        for (const json of jsons) send(json);
      },
      record: (record, json, configSeq) => {
        send(json);
        replayRecord(begun(), record, configSeq);
      },
    });
    flush();
    if (end.lastSeq < atLeastSeq) {
      const message = `${folder} ends at record ${end.lastSeq}, but record ${atLeastSeq} was written to it before.`;
      throw new HubStartError('folderUnwritable', message);
    }
    // Written only after everything was read. An older Foyer would misread the new format, and refuses its number.
    if (format < dataFormat) writeIdentity(disk, folder, identity);
    const detail = { snapshotSeq, lastSeq: end.lastSeq };
    this.log('info', 'store.loaded', base.config ? detail : { ...detail, config: 'rebuilt' });
    if (end.tornBytes > 0) this.log('warn', 'journal.tornTailCut', { bytes: end.tornBytes });
    return {
      identity,
      journal: new Journal(disk, folder, identity, end),
      archive: new Archive(disk, folder),
      audit,
      pages: new Pages(disk, folder),
      state: begun(),
      forgotten,
      left,
      configIsBehind: false,
      held: new Set(),
      snapshots: snapshotSeq > 0 ? [snapshotSeq] : [],
      space: 'plenty',
    };
  }

  private commit(jsons: readonly string[]): void {
    this.guarded((open) => {
      open.journal.append(jsons);
      // Also proves that the file still exists: writing to a removed one succeeds.
      const freeBytes = open.journal.freeBytes();
      this.tell({ kind: 'durable', seq: open.journal.lastSeq });
      this.tellSpace(open, freeBytes);
      for (const json of jsons) this.applyTo(open, JSON.parse(json) as HubRecord);
      this.catchUp(open);
    });
  }

  private applyTo(open: Open, record: HubRecord): void {
    try {
      if (replayRecord(open.state, record, 0)) open.configIsBehind = true;
    } catch (error) {
      this.log('error', 'replica.failed', { seq: record.seq, ...kindOf(error) });
      throw new TwoTruths(`record ${record.seq} can't be replayed`);
    }
  }

  /** Writes the files beside the journal. Any of it may be written later, because the journal has it. */
  private catchUp(open: Open): void {
    if (open.configIsBehind) this.attempt(open, 'config', () => this.saveConfig(open));
    if (open.left.length > 0) this.attempt(open, 'pages', () => this.fillPages(open));
    if (open.forgotten.length > 0) this.attempt(open, 'archive', () => this.fillArchive(open));
    if (open.audit.isBehind) this.attempt(open, 'audit', () => open.audit.write());
    this.tellHeld(open);
  }

  /** Only a grave error stops the writer; on any other, the work is held and reported. */
  private attempt(open: Open, what: Held, work: () => void): void {
    if (open.held.has(what)) return;
    try {
      work();
    } catch (error) {
      if (isGrave(open, error)) throw error;
      open.held.add(what);
      this.log('error', 'store.held', { what, ...kindOf(error) });
    }
  }

  private tellHeld({ held }: Open): void {
    const names = [...held].sort();
    if (names.join() === this.toldHeld.join()) return;
    this.toldHeld = names;
    this.tell({ kind: 'held', held: names });
  }

  private saveConfig(open: Open): void {
    const { seq, config } = open.state;
    configFile(this.disk, this.setup.folder).save({ seq, content: configToJson(config) });
    open.configIsBehind = false;
  }

  private fillPages({ pages, left }: Open): void {
    let written = 0;
    try {
      for (const each of left) {
        pages.add(each);
        written += 1;
      }
    } finally {
      left.splice(0, written);
    }
  }

  /** After an error adds one by one, so that one bad conversation does not block the others. */
  private fillArchive({ archive, forgotten }: Open): void {
    try {
      archive.add(forgotten);
      forgotten.length = 0;
    } catch (error) {
      if (isDiskError(error)) throw error;
      for (const each of forgotten.splice(0)) {
        try {
          archive.add([each]);
        } catch (its) {
          forgotten.push(each);
          if (isDiskError(its)) throw its;
        }
      }
      if (forgotten.length > 0) throw error;
    }
  }

  private seal(open: Open, digest: string): void {
    const { sum } = open.journal;
    open.held.clear();
    this.catchUp(open);
    this.attempt(open, 'snapshot', () => {
      open.journal.seal();
      this.saveSnapshot(open, digest, sum);
    });
    this.tellHeld(open);
  }

  /** Checked before each snapshot, because one of a wrong state would make the error permanent. */
  private compare({ state, journal }: Open, digest: string): void {
    if (digestOf(state) === digest) return;
    this.log('error', 'snapshot.replicasDiffer', { seq: journal.lastSeq });
    throw new TwoTruths(`the hub knows something else than its journal at record ${journal.lastSeq}`);
  }

  private saveSnapshot(open: Open, digest: string, journalSum: string): void {
    const { folder } = this.setup;
    this.compare(open, digest);
    if (open.left.length > 0) throw new Error('a snapshot would let go of messages that are on no page');
    if (open.forgotten.length > 0) throw new Error('a snapshot would let go of what the archive does not have');
    if (open.audit.isBehind) throw new Error('a snapshot would let go of what the audit log does not have');
    open.archive.sync();
    open.audit.sync();
    const { seq } = open.state;
    const content = { journalSum, state: saveState(open.state) };
    const snapshotBytes = snapshotFile(this.disk, folder).save({ seq, content });
    this.tell({ kind: 'saved', snapshotBytes });
    const older = open.snapshots.at(-1);
    open.snapshots = older === undefined ? [seq] : [older, seq];
    if (older === undefined) return;
    removeSegments(this.disk, folder, segmentsUpTo(this.disk, folder, open.identity.hubId, older));
  }

  private stageBackup(open: Open, { name, digest }: { name: string; digest: string }): void {
    this.seal(open, digest);
    const seq = open.snapshots.at(-1);
    const isSaved = seq !== undefined && seq === open.journal.lastSeq;
    const { identity, archive, audit } = open;
    const { folder } = this.setup;
    if (isSaved) putAside(this.disk, folder, name);
    const staged = isSaved ? { folder, name, identity, seq, archive: archive.extent(), audit: audit.extent() } : null;
    this.tell({ kind: 'backupStaged', staged });
  }

  /** STORAGE.md, "Erasing a customer". Idempotent: can be run again after a crash. */
  private erase(open: Open, { customerIds, attachmentIds, digest }: Extract<ToWriter, { kind: 'erase' }>): void {
    this.compare(open, digest);
    const { disk } = this;
    const { folder } = this.setup;
    open.identity = { ...open.identity, epoch: open.identity.epoch + 1 };
    writeIdentity(disk, folder, open.identity);
    this.saveAnew(open, digest);
    this.eraseAttachments(open, new Set(customerIds), attachmentIds);
    open.archive.erase(new Set(customerIds));
    open.pages.erase(new Set(customerIds));
    // Quarantined files may hold anyone's messages.
    for (const name of ['quarantine', 'restoring']) disk.removeAll(join(folder, name));
    disk.syncFolder(folder);
    const backups = listIfThere(disk, join(folder, 'backups'));
    this.tell({ kind: 'erased', erased: { epoch: open.identity.epoch, backups } });
  }

  /** Replaces every snapshot generation, which also removes the earlier segments. */
  private saveAnew(open: Open, digest: string): void {
    const { sum } = open.journal;
    open.journal.seal(open.identity);
    for (let age = 0; age < snapshotGenerations; age += 1) this.saveSnapshot(open, digest, sum);
  }

  /** Idempotent: can be run again after a crash. */
  private expire(open: Open, { before, digest }: Extract<ToWriter, { kind: 'expire' }>): void {
    this.saveAnew(open, digest);
    const { archive, audit, pages } = open;
    const ended = pages.areNone ? new Set<string>() : new Set(archive.pagedBefore(before));
    archive.expire(before);
    audit.expire(before);
    this.expirePages(open, before, ended);
    this.tell({ kind: 'expired', done: true });
  }

  /**
   * Removes pages of conversations just removed from the archive, and of those that neither it nor the state has. The
   * remaining archive is read only when other pages are as old as what was removed: after a crash between the two
   * steps, after a journal was cut, or for a conversation that began before midnight.
   */
  private expirePages({ state, archive, pages }: Open, before: number, ended: ReadonlySet<string>): void {
    const held = new Set([...state.threads.held()].map(({ conversationId }) => conversationId));
    const others = pages.all().filter(({ conversationId }) => !held.has(conversationId));
    const gone = others.filter(({ conversationId }) => ended.has(conversationId));
    const old = others.filter((each) => !ended.has(each.conversationId) && pages.endBefore(each, before));
    const unknown = archive.unnamed(old.map(({ conversationId }) => conversationId));
    pages.remove([...gone, ...old.filter(({ conversationId }) => unknown.has(conversationId))]);
  }

  /**
   * Runs before archive and pages are erased, so that a retry still finds which attachments are theirs. A file others
   * name too stays, because equal files are stored once.
   */
  private eraseAttachments(open: Open, customerIds: ReadonlySet<string>, attachmentIds: string[]): void {
    const { state } = open;
    const archived = open.archive.attachments(customerIds);
    const paged = open.pages.attachments(customerIds);
    for (const attachmentId of new Set([...archived.theirs, ...paged.theirs, ...attachmentIds])) {
      if (archived.others.has(attachmentId) || paged.others.has(attachmentId) || state.uploads.needs(attachmentId))
        continue;
      const path = join(this.setup.folder, attachmentPath(attachmentId));
      if (!removeIfThere(this.disk, path)) continue;
      this.disk.syncFolder(dirname(path));
    }
  }

  private listArchive({ archive }: Open): void {
    this.tell({ kind: 'archiveListed', days: archive.days() });
  }

  private listAudit(): void {
    this.tell({ kind: 'auditListed', months: auditMonths(this.disk, this.setup.folder) });
  }

  private removeBackups(names: readonly string[]): void {
    const backups = join(this.setup.folder, 'backups');
    for (const name of names) this.disk.removeAll(join(backups, name));
    this.disk.syncFolder(backups);
    this.tell({ kind: 'backupsRemoved', done: true });
  }

  private close(digest: string | null): void {
    this.guarded((open) => {
      const isNew = open.journal.lastSeq > (open.snapshots.at(-1) ?? 0);
      if (digest !== null && isNew)
        this.attempt(open, 'snapshot', () => this.saveSnapshot(open, digest, open.journal.sum));
      open.journal.close();
    });
    this.open = null;
    this.tell({ kind: 'closed' });
  }

  private tellSpace(open: Open, freeBytes: number): void {
    const level = freeBytes < shortSpaceBytes ? 'short' : freeBytes < lowSpaceBytes ? 'low' : 'plenty';
    if (level === open.space) return;
    open.space = level;
    this.tell({ kind: 'space', level, freeBytes });
  }

  /** After an error nothing is written until the next load; queued requests are dropped. */
  private guarded(work: (open: Open) => void): void {
    const { open } = this;
    if (!open) return;
    try {
      work(open);
    } catch (error) {
      this.open = null;
      this.fail(open, error as Error);
    }
  }

  private fail(open: Open, error: Error): void {
    this.toMend = open;
    try {
      this.mend(open);
    } catch {
      // The next load mends it.
    }
    const reason = isDiskError(error) ? reasonOf(error) : 'fault';
    if (reason === 'fault') this.log('error', 'store.fault', { ...kindOf(error) });
    const message = reason === 'fault' ? kindOf(error).kind : error.message;
    const problem: StoreProblem = { kind: 'readOnly', reason, freeBytes: this.freeBytes(), message };
    this.tell({ kind: 'failed', problem });
  }

  private freeBytes(): number | null {
    try {
      return this.disk.freeBytes(this.setup.folder);
    } catch {
      return null;
    }
  }

  private mend({ journal, archive, audit }: Pick<Open, 'journal' | 'archive' | 'audit'>): void {
    journal.cutBack();
    journal.close();
    archive.rewrite();
    audit.rewrite();
    this.toMend = null;
  }

  private log(level: 'info' | 'warn' | 'error', event: string, detail: Record<string, unknown>): void {
    this.tell({ kind: 'log', level, event, detail });
  }
}

/** Errors that stop the writer: the disk failed, the journal's end is unknown, or the replicas differ. */
function isGrave({ journal }: Open, error: unknown): boolean {
  return isDiskError(error) || error instanceof TwoTruths || !journal.isOpen;
}

/** The hub's state and its journal disagree; only loading from disk makes them agree again. */
class TwoTruths extends Error {}

/** The answer to each request that failed for a reason other than the disk. */
const failureOf: Readonly<Partial<Record<Request['kind'], FromWriter>>> = {
  stageBackup: { kind: 'backupStaged', staged: null },
  erase: { kind: 'erased', erased: null },
  expire: { kind: 'expired', done: false },
  listArchive: { kind: 'archiveListed', days: null },
  listAudit: { kind: 'auditListed', months: null },
  removeBackups: { kind: 'backupsRemoved', done: false },
};

function reasonOf(error: Error): StoreProblem['reason'] {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'diskFull';
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ESTALE' ? 'folderGone' : 'ioError';
}

function startError(folder: string, error: unknown): HubStartError {
  if (error instanceof HubStartError) return error;
  return unwritable(folder, error);
}
