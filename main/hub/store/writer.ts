import { join } from 'node:path';
import { rateWithinMs } from '../../../shared/protocol/limits';
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
import { freeBytesOf, isGrave, problemOf, TwoTruths } from './store-problem';
import type { FromWriter, SealedPlace, ToWriter, WriterSetup } from './writer-messages';

type Wanted = Extract<ToWriter, { kind: 'load' }>;
type Request = Exclude<ToWriter, { kind: 'load' | 'append' | 'close' }>;

/** Days of the archive indexed after one snapshot; each takes some tens of milliseconds. */
const indexedAtOnceMax = 8;

/**
 * Keeps the data folder, but for the journal's end. Handles requests in order. Keeps a replica of the state by applying
 * the records that are durable; snapshots, configuration and archive are made from it. No acknowledgement waits for it.
 */
export class Writer {
  private open: OpenFolder | null = null;
  /** Set after an error, when the last writes may be readable without being durable. */
  private toMend: Pick<OpenFolder, 'archive' | 'audit'> | null = null;
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

  take(message: ToWriter): void {
    if (message.kind === 'append') this.guarded((open) => this.follow(open, message.jsons));
    else if (message.kind === 'load') this.load(message);
    else if (message.kind === 'close') this.close(message.at);
    else this.guarded((open) => this.serve(open, message));
  }

  /** Only a grave error stops the writer; any other fails this one request, which is answered so. */
  private serve(open: OpenFolder, message: Request): void {
    try {
      const answer = this.answer(open, message);
      if (answer) this.tell(answer);
    } catch (error) {
      if (isGrave(error)) throw error;
      this.ports.log('error', 'store.requestFailed', { request: message.kind, ...kindOf(error) });
      const answer = failureOf[message.kind];
      if (answer) this.tell(answer);
    }
  }

  private answer(open: OpenFolder, message: Request): FromWriter | null {
    switch (message.kind) {
      case 'save':
        this.save(open, message.at);
        this.indexArchive(open);
        return null;
      case 'stageBackup':
        return { kind: 'backupStaged', staged: this.stageBackup(open, message) };
      case 'putPast':
        open.customers.add(message.customers);
        return { kind: 'pastPut', done: true };
      case 'erase':
        this.beside.settle(open);
        return { kind: 'erased', erased: eraseCustomers(this.ports, open, message) };
      case 'expire':
        this.beside.settle(open);
        expirePast(this.ports, open, message);
        this.indexArchive(open);
        return { kind: 'expired', done: true };
      case 'listArchive':
        this.beside.settle(open);
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
    this.tell({ kind: 'loaded', end: this.open.end });
    this.guarded((open) => {
      this.beside.catchUp(open);
      open.pages.tidy(open.state.threads.held());
      open.customers.tidy();
    });
  }

  private follow(open: OpenFolder, jsons: readonly string[]): void {
    for (const json of jsons) this.applyTo(open, parseRecord(json));
    this.beside.catchUp(open);
  }

  private applyTo(open: OpenFolder, record: HubRecord): void {
    try {
      if (replayRecord(open.state, record, 0)) open.configIsBehind = true;
    } catch (error) {
      this.ports.log('error', 'replica.failed', { seq: record.seq, ...kindOf(error) });
      throw new TwoTruths(`record ${record.seq} can't be replayed`);
    }
  }

  private save(open: OpenFolder, at: SealedPlace): void {
    open.held.clear();
    this.beside.settle(open);
    this.beside.attempt(open, 'snapshot', () => saveSnapshot(this.ports, open, at));
    this.beside.tellHeld(open);
  }

  /** Days that nothing more can end in. Without it a search only takes longer, so only a grave error stops the writer. */
  private indexArchive(open: OpenFolder): void {
    try {
      open.archive.indexBefore(open.state.at - this.setup.limits.closedShownMs, indexedAtOnceMax);
    } catch (error) {
      if (isGrave(error)) throw error;
      this.ports.log('error', 'archive.notIndexed', { ...kindOf(error) });
    }
  }

  /** Null: the state could not be saved first. */
  private stageBackup(open: OpenFolder, { name, at }: { name: string; at: SealedPlace }): StagedBackup | null {
    this.save(open, at);
    const seq = open.snapshots.at(-1);
    if (seq === undefined || seq !== open.state.seq) return null;
    const { identity, archive, audit, customers } = open;
    const { folder } = this.setup;
    // A late rating rewrites its day.
    putAside(this.disk, folder, name, archive.daysFrom(open.state.at - rateWithinMs));
    const extents = { archive: archive.extent(), audit: audit.extent(), customers: customers.extent() };
    return { folder, name, identity, seq, ...extents };
  }

  private removeBackups(names: readonly string[]): void {
    const backups = join(this.setup.folder, 'backups');
    for (const name of names) this.disk.removeAll(join(backups, name));
    this.disk.syncFolder(backups);
  }

  private close(at: SealedPlace | null): void {
    this.guarded((open) => {
      this.beside.settle(open);
      const isNew = open.state.seq > (open.snapshots.at(-1) ?? 0);
      if (at && isNew) this.beside.attempt(open, 'snapshot', () => saveSnapshot(this.ports, open, at));
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
    const problem = problemOf(error, freeBytesOf(this.disk, this.setup.folder));
    if (problem.reason === 'fault') this.ports.log('error', 'store.fault', { ...kindOf(error) });
    this.tell({ kind: 'failed', problem });
  }

  private mend({ archive, audit }: Pick<OpenFolder, 'archive' | 'audit'>): void {
    archive.rewrite();
    audit.rewrite();
    this.toMend = null;
  }
}

/** The answer to each request that failed for a reason other than the disk. */
const failureOf: Readonly<Partial<Record<Request['kind'], FromWriter>>> = {
  stageBackup: { kind: 'backupStaged', staged: null },
  putPast: { kind: 'pastPut', done: false },
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
