import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { parseRecord } from '../state/message-record';
import type { HubRecord } from '../state/records';
import { kindOf } from '../system/error-kind';
import type { Disk } from './disk';
import { listIfThere } from './durable-file';
import { type FileLine, firstLine, readLines, textOf } from './file-pieces';
import { decodeLine, headerSum, type JournalHeader, type JournalLine, journalHeader } from './journal-lines';
import { dataFormat, newerFormat } from './upgrade/data-format';

/** The end of the journal's intact part, after its last good line. */
export interface JournalEnd {
  /** The segment's name; empty when there is none. */
  segment: string;
  /** Bytes of that segment that are intact, and bytes after them from a write cut short by a crash. */
  goodBytes: number;
  tornBytes: number;
  /** The checksum the next line names as its `prev`. */
  sum: string;
  /** The last record's checksum, which a snapshot names; differs from `sum` when only a header follows the record. */
  recordSum: string;
  lastSeq: number;
  lastAt: number;
}

/** Damage that is never cut off without a person's choice, because acknowledged records may come after it. */
export class JournalDamage extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly why: string,
    /** The end of the intact part before it. */
    readonly end: JournalEnd,
  ) {
    super(`${file} is damaged in line ${line}: ${why}`);
  }
}

/** The journal is intact, but not the one the snapshot was made from. */
export class OtherJournal extends Error {}

/** A place in the journal: its checksum after the record `seq`. */
export interface Place {
  seq: number;
  sum: string;
}

export const beginning: Place = { seq: 0, sum: '' };

export interface JournalVisitor {
  /** The last `knownMax` records of the segment up to the place, as JSON, in order; at most once, before any record. */
  known?(jsons: readonly string[]): void;
  knownMax?: number;
  /** Every record after the place, in order. Throws when it can't be replayed. */
  record(record: HubRecord, json: string): void;
}

const segmentName = /^\d{6,}\.jsonl$/;

export function segmentNames(disk: Disk, folder: string): string[] {
  return listIfThere(disk, join(folder, 'journal'))
    .filter((name) => segmentName.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

interface Segment {
  name: string;
  headerText: string;
  /** Null when it is unreadable or another hub's; `why` says which. */
  header: JournalHeader | null;
  why: string;
}

const nowhere: JournalEnd = { segment: '', goodBytes: 0, tornBytes: 0, sum: '', recordSum: '', lastSeq: 0, lastAt: 0 };

/**
 * Reads the records after the place, starting with the segment that holds the first of them. Throws `JournalDamage` or
 * `OtherJournal`.
 */
export function readJournal(
  disk: Disk,
  folder: string,
  hubId: string,
  after: Place,
  visitor: JournalVisitor,
): JournalEnd {
  const segments: Segment[] = [];
  for (const name of segmentNames(disk, folder).reverse()) {
    const segment = openSegment(disk, folder, name, hubId);
    segments.unshift(segment);
    if (segment.header && segment.header.first <= after.seq + 1) break;
  }
  if (segments.length === 0) throw new JournalDamage('journal', 1, 'there is no journal', nowhere);
  let end: JournalEnd | null = null;
  for (const [index, segment] of segments.entries()) {
    const { header, why } = segment;
    const damage = (reason: string) => new JournalDamage(`journal/${segment.name}`, 1, reason, end ?? nowhere);
    if (!header) throw damage(why);
    if (end === null) {
      if (header.first > after.seq + 1) throw damage(`records ${after.seq + 1} to ${header.first - 1} are missing`);
      const sum = header.prev ?? '';
      end = { ...nowhere, lastSeq: header.first - 1, sum, recordSum: sum };
      if (end.lastSeq === after.seq && end.sum !== after.sum) throw new OtherJournal();
    } else if (header.prev !== end.sum || header.first !== end.lastSeq + 1)
      throw damage('it does not follow the segment before');
    end = readSegment(disk, join(folder, 'journal'), segment, index < segments.length - 1, end, after, visitor);
  }
  const read = end ?? nowhere;
  if (read.lastSeq >= after.seq) return read;
  const why = `its end is missing: it ends at record ${read.lastSeq}, and record ${after.seq} was known`;
  throw new JournalDamage(`journal/${read.segment}`, 1, why, read);
}

function openSegment(disk: Disk, folder: string, name: string, hubId: string): Segment {
  const headerText = firstLine(disk, join(folder, 'journal', name));
  const header = headerText === null ? null : parseHeader(headerText);
  if (header && header.format > dataFormat) throw newerFormat(`journal/${name}`, header.format);
  const own = header?.hubId === hubId;
  const why = header ? 'it belongs to another hub' : 'its header is not readable';
  return { name, headerText: headerText ?? '', header: own ? header : null, why };
}

/** Segments holding only records up to `seq`; never the last segment. */
export function segmentsUpTo(disk: Disk, folder: string, hubId: string, seq: number): string[] {
  const names = segmentNames(disk, folder);
  const next = names.slice(1).map((name) => openSegment(disk, folder, name, hubId).header?.first ?? Infinity);
  return names.filter((_, index) => (next[index] ?? Infinity) <= seq + 1);
}

function parseHeader(text: string): JournalHeader | null {
  try {
    return journalHeader.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function readSegment(
  disk: Disk,
  journal: string,
  segment: Segment,
  sealed: boolean,
  before: JournalEnd,
  after: Place,
  visitor: JournalVisitor,
): JournalEnd {
  const { name, headerText } = segment;
  const path = join(journal, name);
  const headerBytes = Buffer.byteLength(headerText) + 1;
  const end: JournalEnd = { ...before, segment: name, goodBytes: headerBytes, sum: headerSum(headerText) };
  const known = new LastOf(visitor.knownMax ?? 0);
  let number = 1;
  for (const fileLine of readLines(disk, path, headerBytes)) {
    number += 1;
    const damage = (why: string) => new JournalDamage(`journal/${name}`, number, why, { ...end });
    const line = decoded(fileLine);
    if (!line) {
      if (sealed || !isTornTail(disk, path, end)) throw damage('its checksum does not fit');
      end.tornBytes = disk.bytes(path) - end.goodBytes;
      return end;
    }
    if (line.prev !== end.sum) throw damage('it does not follow the line before');
    const seq = end.lastSeq + 1;
    const record = seq > after.seq ? readRecord(line.json, seq, damage) : null;
    if (record) visit(visitor, record, line.json, damage);
    else known.push(line.json);
    if (seq === after.seq) {
      if (line.sum !== after.sum) throw new OtherJournal();
      visitor.known?.(known.all());
    }
    end.goodBytes = fileLine.to;
    end.sum = line.sum;
    end.recordSum = line.sum;
    end.lastSeq = seq;
    end.lastAt = record?.at ?? end.lastAt;
  }
  return end;
}

function decoded(line: FileLine): JournalLine | null {
  const text = line.ended ? textOf(line) : null;
  return text === null ? null : decodeLine(text);
}

/** Keeps the last `max` of many. */
class LastOf {
  private kept: string[] = [];

  constructor(private readonly max: number) {}

  push(each: string): void {
    this.kept.push(each);
    // Trimmed in blocks, because each trim copies all that stay.
    if (this.kept.length > 2 * this.max) this.kept = this.all();
  }

  all(): string[] {
    return this.kept.slice(Math.max(0, this.kept.length - this.max));
  }
}

/**
 * Whether everything after the good part is one unfinished write. Its later disk pages may have been written and
 * earlier ones not, which read as zeros. Any other line with a fitting checksum was acknowledged after the bad one.
 */
function isTornTail(disk: Disk, path: string, { goodBytes, lastSeq }: JournalEnd): boolean {
  let onlyZeros = true;
  for (const fileLine of readLines(disk, path, goodBytes)) {
    const line = decoded(fileLine);
    if (line && !(onlyZeros && line.batch <= lastSeq + 1)) return false;
    if (!line && !fileLine.bytes.includes(0)) onlyZeros = false;
  }
  return true;
}

/** A record that can't be replayed is damage like any other: later records would apply to a different state. */
function visit(visitor: JournalVisitor, record: HubRecord, json: string, damage: (why: string) => JournalDamage): void {
  try {
    visitor.record(record, json);
  } catch (error) {
    if (error instanceof HubStartError) throw error;
    const { kind, at } = kindOf(error);
    throw damage(`record ${record.seq} can't be replayed (${[kind, at[0]].join(' in ')})`);
  }
}

/** No schema check: the line's checksum proves that the hub wrote it; `verify` checks every field. */
function readRecord(json: string, seq: number, damage: (why: string) => JournalDamage): HubRecord {
  const record = parseRecord(json);
  if (record.seq !== seq) throw damage(`record ${seq} is missing`);
  return record;
}
