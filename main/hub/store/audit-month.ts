import { type AuditCursor, type AuditEntry, auditEntry, compareAudit } from '../../../shared/protocol/audit';
import type { Disk } from './disk';
import { pieceBytesMax } from './file-pieces';

/** Entries of one month's file, newest first. Skips unreadable lines. */
export function* entriesBefore(disk: Disk, path: string, before: AuditCursor | null): Generator<AuditEntry> {
  const file = disk.open(path, 'read');
  const month = new Month(disk, file, disk.bytes(path));
  try {
    for (const { text } of month.linesBefore(before === null ? month.length : month.placeOf(before))) {
      const entry = parseEntry(text);
      if (entry && (before === null || compareAudit(entry, before) < 0)) yield entry;
    }
  } finally {
    disk.close(file);
  }
}

export function parseEntry(line: string): AuditEntry | null {
  try {
    return auditEntry.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Reads a month's file backwards in pieces, because the newest entries are at the end. */
class Month {
  constructor(
    private readonly disk: Disk,
    private readonly file: number,
    readonly length: number,
  ) {}

  /** Where the lines of entries before this one end, by binary search, because entries are in order. */
  placeOf(before: AuditCursor): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const end = this.lineEnd(Math.floor((low + high) / 2));
      let place = end;
      let entry: AuditEntry | null = null;
      // Unreadable lines count as part of the entry before them.
      for (const { from, text } of this.linesBefore(end)) {
        place = from;
        entry = parseEntry(text);
        if (entry || from <= low) break;
      }
      if (!entry || compareAudit(entry, before) < 0) low = end;
      else high = place;
    }
    return low;
  }

  *linesBefore(end: number): Generator<{ from: number; text: string }> {
    let at = end;
    let held = Buffer.alloc(0);
    for (;;) {
      const newline = held.length < 2 ? -1 : held.lastIndexOf(10, held.length - 2);
      if (newline === -1 && at > 0) {
        const from = Math.max(0, at - pieceBytesMax);
        held = Buffer.concat([this.bytes(from, at), held]);
        at = from;
      } else if (held.length > 0) {
        yield { from: at + newline + 1, text: held.toString('utf8', newline + 1) };
        held = held.subarray(0, newline + 1);
      } else return;
    }
  }

  /** The end of the line containing this byte. */
  private lineEnd(place: number): number {
    for (let at = place; at < this.length; at += pieceBytesMax) {
      const newline = this.bytes(at, Math.min(this.length, at + pieceBytesMax)).indexOf(10);
      if (newline !== -1) return at + newline + 1;
    }
    return this.length;
  }

  private bytes(from: number, to: number): Buffer {
    const bytes = Buffer.alloc(to - from);
    let read = 0;
    while (read < bytes.length) {
      const length = this.disk.readAt(this.file, bytes.subarray(read), from + read);
      if (length === 0) break;
      read += length;
    }
    return bytes.subarray(0, read);
  }
}
