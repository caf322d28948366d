import { join } from 'node:path';
import { type AuditCursor, type AuditEntry, compareAudit } from '../../../shared/protocol/audit';
import { entriesBefore, parseEntry } from './audit-month';
import type { Disk } from './disk';
import { isThere, listIfThere, quarantineCopy, replaceFile, writeAll } from './durable-file';
import { readLines, readPieces } from './file-pieces';

const auditMonth = /^\d{4}-\d\d\.jsonl$/;

const folderName = 'audit';

/** File name of a UTC month, e.g. `2026-11.jsonl`. */
export function auditMonthOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 7)}.jsonl`;
}

export function auditMonths(disk: Disk, folder: string): string[] {
  return listIfThere(disk, join(folder, folderName)).filter((name) => auditMonth.test(name));
}

/**
 * The audit log: `audit/<UTC month>.jsonl`, append-only, one entry per line in order; a month is removed as a whole
 * once past the office's retention. Entries are written once final, and synced before the next snapshot, because until
 * then a replay brings them again.
 */
export class AuditFiles {
  private waiting: AuditEntry[] = [];
  /** The last entry of each month written to; null: the month has none. */
  private readonly last = new Map<string, AuditCursor | null>();
  private readonly unsynced = new Set<string>();

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {}

  /** Queues an entry for the next `write`. */
  add(entry: AuditEntry): void {
    this.waiting.push(entry);
  }

  /** Whether entries are still queued. */
  get isBehind(): boolean {
    return this.waiting.length > 0;
  }

  /** Can be retried after an error: entries already in the file are skipped. */
  write(): void {
    while (this.waiting[0]) {
      const name = auditMonthOf(this.waiting[0].at);
      const month = this.waiting.filter(({ at }) => auditMonthOf(at) === name);
      this.append(name, month);
      this.waiting = this.waiting.filter((entry) => !month.includes(entry));
    }
  }

  sync(): void {
    for (const name of this.unsynced) this.on(name, (file) => this.disk.sync(file));
    if (this.unsynced.size > 0) this.disk.syncFolder(join(this.folder, folderName));
    this.unsynced.clear();
  }

  /** Rewrites every unsynced month after an error, because a later sync does not write what a failed one dropped. */
  rewrite(): void {
    for (const name of this.unsynced) {
      const path = this.path(name);
      if (isThere(this.disk, path)) replaceFile(this.disk, path, readPieces(this.disk, path));
    }
  }

  /** Removes the months that ended before this time, with quarantined copies of their damaged files. */
  expire(before: number): void {
    const firstKept = auditMonthOf(before);
    const old = auditMonths(this.disk, this.folder).filter((name) => name < firstKept);
    for (const name of old) {
      this.disk.remove(this.path(name));
      this.last.delete(name);
      this.unsynced.delete(name);
    }
    if (old.length > 0) this.disk.syncFolder(join(this.folder, folderName));
    const aside = join(this.folder, 'quarantine');
    const isOld = (name: string) => name.startsWith('audit-') && name.slice('audit-'.length) < firstKept;
    const copies = listIfThere(this.disk, aside).filter(isOld);
    for (const name of copies) this.disk.remove(join(aside, name));
    if (copies.length > 0) this.disk.syncFolder(aside);
  }

  /** The current length of each month's file. */
  extent(): { name: string; bytes: number }[] {
    return auditMonths(this.disk, this.folder).map((name) => ({ name, bytes: this.disk.bytes(this.path(name)) }));
  }

  private append(name: string, entries: readonly AuditEntry[]) {
    const last = this.lastOf(name);
    const fresh = entries.filter((entry) => !last || compareAudit(entry, last) > 0);
    const newest = fresh.at(-1);
    if (!newest) return;
    // If the write fails half way, the last entry is read from the file again.
    this.last.delete(name);
    this.unsynced.add(name);
    const text = fresh.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    this.on(name, (file) => writeAll(this.disk, file, Buffer.from(text, 'utf8')));
    this.last.set(name, { at: newest.at, auditId: newest.auditId });
  }

  private lastOf(name: string): AuditCursor | null {
    const before = this.last.get(name);
    if (before !== undefined) return before;
    if (!listIfThere(this.disk, this.folder).includes(folderName)) {
      this.disk.makeFolder(join(this.folder, folderName));
      this.disk.syncFolder(this.folder);
    }
    const isKnown = isThere(this.disk, this.path(name));
    const last = isKnown ? this.mended(name) : null;
    // An earlier process may have written it without syncing.
    if (isKnown) this.unsynced.add(name);
    this.last.set(name, last);
    return last;
  }

  /** Cuts off a write left unfinished by a crash, which a replay brings again. Returns the last entry. */
  private mended(name: string): AuditCursor | null {
    const path = this.path(name);
    let last: string | null = null;
    let whole = 0;
    let damaged = false;
    for (const { bytes, to, ended } of readLines(this.disk, path)) {
      // Disk pages that were never written read as zeros.
      damaged = !ended || bytes.includes(0);
      if (damaged) break;
      last = bytes.toString('utf8');
      whole = to;
    }
    if (damaged) {
      quarantineCopy(this.disk, this.folder, `${folderName}/${name}`, readPieces(this.disk, path));
      replaceFile(this.disk, path, readPieces(this.disk, path, 0, whole));
    }
    const entry = last === null ? null : parseEntry(last);
    return entry && { at: entry.at, auditId: entry.auditId };
  }

  private path(name: string): string {
    return join(this.folder, folderName, name);
  }

  private on(name: string, work: (file: number) => void) {
    const file = this.disk.open(this.path(name), 'append');
    try {
      work(file);
    } finally {
      this.disk.close(file);
    }
  }
}

/**
 * Counts a month's entries, its lines that are unreadable or out of order, and the bytes of an unfinished write at its
 * end, which the next write cuts off.
 */
export function checkMonth(
  disk: Disk,
  folder: string,
  name: string,
): { entries: number; badLines: number; tornBytes: number } {
  const month = { entries: 0, badLines: 0, tornBytes: 0 };
  let last: AuditEntry | null = null;
  for (const { bytes, ended } of readLines(disk, join(folder, folderName, name))) {
    const entry = ended ? parseEntry(bytes.toString('utf8')) : null;
    if (!ended) month.tornBytes = bytes.length;
    else if (entry && (!last || compareAudit(entry, last) > 0)) month.entries += 1;
    else month.badLines += 1;
    last = entry ?? last;
  }
  return month;
}

/** A month's entries before `before`, newest first. */
export function readMonth(
  disk: Disk,
  folder: string,
  name: string,
  before: AuditCursor | null,
  length: number,
): AuditEntry[] {
  const path = join(folder, folderName, name);
  const page: AuditEntry[] = [];
  // It may have expired since it was listed.
  if (!isThere(disk, path)) return page;
  for (const entry of entriesBefore(disk, path, before)) {
    if (page.length >= length) break;
    page.push(entry);
  }
  return page;
}
