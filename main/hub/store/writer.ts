import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { replayRecord } from '../state/hub-state';
import { parseRecord } from '../state/message-record';
import type { HubRecord } from '../state/records';
import { kindOf } from '../system/error-kind';
import { auditMonths } from './audit-files';
import { BesideJournal } from './beside-journal';
import type { Disk } from './disk';
import { putAside, type StagedBackup } from './make-backup';
import { unwritable } from './make-folder';
import { type OpenFolder, openFolder, proveWritable, type WriterPorts } from './open-folder';
import { eraseCustomers, expirePast } from './remove-past';
import { saveSnapshot } from './save-snapshot';
import type { StoreProblem } from './store';
import { isGrave, reasonOf, TwoTruths } from './store-problem';
import type { FromWriter, ToWriter, WriterSetup } from './writer-messages';

type Wanted = Extract<ToWriter, { kind: 'load' }>;
type Request = Exclude<ToWriter, { kind: 'load' | 'append' | 'close' }>;

/** Days of the archive indexed after one snapshot; each takes some tens of milliseconds. */
const indexedAtOnceMax = 8;

/**
 * Owns the data folder. Handles requests in order; records queued meanwhile share one write and one sync. Keeps a
 * replica of the state by applying the records it has written; snapshots, configuration and archive are made from it.
 */
export class Writer {
  private open: OpenFolder | null = null;
  /** Set after an error, when the last writes may be readable without being durable. */
  private toMend: Pick<OpenFolder, 'journal' | 'archive' | 'audit'> | null = null;
  private readonly beside: BesideJournal;
  private readonly ports: WriterPorts;

  constructor(
    private readonly disk: Disk,
    private readonly setup: WriterSetup,
    newHubId: () => string,
    private readonly tell: (message: FromWriter) => void,
  ) {
    const { folder, limits } = setup;
    const log: WriterPorts['log'] = (level, event, detail) => this.tell({ kind: 'log', level, event, detail });
    this.ports = { disk, folder, limits, newHubId, tell, log };
    this.beside = new BesideJournal(this.ports);
  }

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
  private serve(open: OpenFolder, message: Request): void {
    try {
      const answer = this.answer(open, message);
      if (answer) this.tell(answer);
    } catch (error) {
      if (isGrave(open, error)) throw error;
      this.ports.log('error', 'store.requestFailed', { request: message.kind, ...kindOf(error) });
      const answer = failureOf[message.kind];
      if (answer) this.tell(answer);
    }
  }

  private answer(open: OpenFolder, message: Request): FromWriter | null {
    switch (message.kind) {
      case 'seal':
        this.seal(open, message.digest);
        this.indexArchive(open);
        return null;
      case 'measureRoom':
        return { kind: 'room', freeBytes: open.journal.freeBytes() };
      case 'stageBackup':
        return { kind: 'backupStaged', staged: this.stageBackup(open, message) };
      case 'erase':
        return { kind: 'erased', erased: eraseCustomers(this.ports, open, message) };
      case 'expire':
        expirePast(this.ports, open, message);
        this.indexArchive(open);
        return { kind: 'expired', done: true };
      case 'listArchive':
        return { kind: 'archiveListed', days: open.archive.days() };
      case 'listAudit':
        return { kind: 'auditListed', months: auditMonths(this.disk, this.setup.folder) };
      case 'removeBackups':
        this.removeBackups(message.names);
        return { kind: 'backupsRemoved', done: true };
    }
  }

  private load(wanted: Wanted): void {
    // The folder may still be open when the next hub loads it.
    this.toMend = this.open ?? this.toMend;
    this.open = null;
    this.beside.forget();
    try {
      proveWritable(this.ports, wanted.roomBytesMin);
      if (this.toMend) this.mend(this.toMend);
      this.open = openFolder(this.ports, wanted);
    } catch (error) {
      const { code, message, damage } = startError(this.setup.folder, error);
      this.tell({ kind: 'startFailed', error: { code, message, damage } });
      return;
    }
    const { journal } = this.open;
    this.tell({ kind: 'loaded', lastSeq: journal.lastSeq, segmentBytes: journal.segmentBytes });
    this.guarded((open) => {
      this.tell({ kind: 'room', freeBytes: journal.freeBytes() });
      this.beside.catchUp(open);
      open.pages.tidy(open.state.threads.held());
    });
  }

  private commit(jsons: readonly string[]): void {
    this.guarded((open) => {
      open.journal.append(jsons);
      // Also proves that the file still exists: writing to a removed one succeeds.
      const freeBytes = open.journal.freeBytes();
      this.tell({ kind: 'durable', seq: open.journal.lastSeq });
      this.tell({ kind: 'room', freeBytes });
      for (const json of jsons) this.applyTo(open, parseRecord(json));
      this.beside.catchUp(open);
    });
  }

  private applyTo(open: OpenFolder, record: HubRecord): void {
    try {
      if (replayRecord(open.state, record, 0)) open.configIsBehind = true;
    } catch (error) {
      this.ports.log('error', 'replica.failed', { seq: record.seq, ...kindOf(error) });
      throw new TwoTruths(`record ${record.seq} can't be replayed`);
    }
  }

  private seal(open: OpenFolder, digest: string): void {
    const { sum } = open.journal;
    open.held.clear();
    this.beside.catchUp(open);
    this.beside.attempt(open, 'snapshot', () => {
      open.journal.seal();
      saveSnapshot(this.ports, open, digest, sum);
    });
    this.beside.tellHeld(open);
  }

  /** Days that nothing more can end in. Without it a search only takes longer, so only a grave error stops the writer. */
  private indexArchive(open: OpenFolder): void {
    try {
      open.archive.indexBefore(open.state.at - this.setup.limits.closedShownMs, indexedAtOnceMax);
    } catch (error) {
      if (isGrave(open, error)) throw error;
      this.ports.log('error', 'archive.notIndexed', { ...kindOf(error) });
    }
  }

  /** Null: the state could not be saved first. */
  private stageBackup(open: OpenFolder, { name, digest }: { name: string; digest: string }): StagedBackup | null {
    this.seal(open, digest);
    const seq = open.snapshots.at(-1);
    if (seq === undefined || seq !== open.journal.lastSeq) return null;
    const { identity, archive, audit } = open;
    const { folder } = this.setup;
    putAside(this.disk, folder, name);
    return { folder, name, identity, seq, archive: archive.extent(), audit: audit.extent() };
  }

  private removeBackups(names: readonly string[]): void {
    const backups = join(this.setup.folder, 'backups');
    for (const name of names) this.disk.removeAll(join(backups, name));
    this.disk.syncFolder(backups);
  }

  private close(digest: string | null): void {
    this.guarded((open) => {
      const isNew = open.journal.lastSeq > (open.snapshots.at(-1) ?? 0);
      if (digest !== null && isNew)
        this.beside.attempt(open, 'snapshot', () => saveSnapshot(this.ports, open, digest, open.journal.sum));
      open.journal.close();
    });
    this.open = null;
    this.tell({ kind: 'closed' });
  }

  /** After an error nothing is written until the next load; queued requests are dropped. */
  private guarded(work: (open: OpenFolder) => void): void {
    const { open } = this;
    if (!open) return;
    try {
      work(open);
    } catch (error) {
      this.open = null;
      this.fail(open, error as Error);
    }
  }

  private fail(open: OpenFolder, error: Error): void {
    this.toMend = open;
    try {
      this.mend(open);
    } catch {
      // The next load mends it.
    }
    const reason = reasonOf(error);
    if (reason === 'fault') this.ports.log('error', 'store.fault', { ...kindOf(error) });
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

  private mend({ journal, archive, audit }: Pick<OpenFolder, 'journal' | 'archive' | 'audit'>): void {
    journal.cutBack();
    journal.close();
    archive.rewrite();
    audit.rewrite();
    this.toMend = null;
  }
}

/** The answer to each request that failed for a reason other than the disk. */
const failureOf: Readonly<Partial<Record<Request['kind'], FromWriter>>> = {
  stageBackup: { kind: 'backupStaged', staged: null },
  erase: { kind: 'erased', erased: null },
  expire: { kind: 'expired', done: false },
  listArchive: { kind: 'archiveListed', days: null },
  listAudit: { kind: 'auditListed', months: null },
  removeBackups: { kind: 'backupsRemoved', done: false },
};

function startError(folder: string, error: unknown): HubStartError {
  if (error instanceof HubStartError) return error;
  return unwritable(folder, error);
}
