import { join } from 'node:path';
import type { Disk, OpenFile } from './disk';
import { putInPlace, quarantineCopy, replaceFile, writeAll, writeBeside } from './durable-file';
import { readPieces } from './file-pieces';
import { encodeLine, headerLine } from './journal-lines';
import type { JournalEnd } from './journal-reader';
import { dataFormat } from './upgrade/data-format';

export interface Identity {
  hubId: string;
  epoch: number;
}

/** The end of the journal, open for appending. Bytes count as written only once synced. */
export class Journal {
  private file: OpenFile | null;
  private path: string;

  /** `end`: as `settleJournal` or an earlier one left it. */
  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    private present: JournalEnd,
  ) {
    this.path = join(folder, 'journal', present.segment);
    this.file = disk.open(this.path, 'append');
  }

  /** After the last record known to be durable. */
  get end(): JournalEnd {
    return this.present;
  }

  /** Appends all of them with one write and one sync. */
  append(jsons: readonly string[]): void {
    const { disk, file } = this;
    if (file === null) throw new Error('append to a closed journal');
    let { sum } = this.present;
    let text = '';
    for (const json of jsons) {
      const encoded = encodeLine(sum, this.present.lastSeq + 1, json);
      sum = encoded.sum;
      text += encoded.line;
    }
    const bytes = Buffer.from(text, 'utf8');
    writeAll(disk, file, bytes);
    disk.sync(file);
    const { lastSeq, goodBytes } = this.present;
    this.present = {
      ...this.present,
      sum,
      recordSum: sum,
      lastSeq: lastSeq + jsons.length,
      goodBytes: goodBytes + bytes.length,
    };
  }

  freeBytes(): number {
    return this.disk.freeBytes(this.path);
  }

  /** False once closed, also by a `seal` that failed half way. */
  get isOpen(): boolean {
    return this.file !== null;
  }

  /**
   * Continues the journal and its checksum chain in a new segment, or in this one if it has no records yet. If it
   * throws and the journal is still open, nothing has changed.
   */
  seal(identity: Identity): void {
    const { disk, folder } = this;
    const { lastSeq, segment, sum, recordSum } = this.present;
    if (sum !== recordSum) return;
    const name = `${String(Number.parseInt(segment, 10) + 1).padStart(6, '0')}.jsonl`;
    const header = segmentHeader({ ...identity, first: lastSeq + 1, prev: sum });
    const path = join(folder, 'journal', name);
    const { temp } = writeBeside(disk, path, header.line);
    // If anything fails from here on, it is unknown in which segment the journal ends.
    this.close();
    putInPlace(disk, temp, path);
    this.present = { ...this.present, segment: name, goodBytes: Buffer.byteLength(header.line), sum: header.sum };
    this.path = path;
    this.file = disk.open(path, 'append');
  }

  close(): void {
    const { file } = this;
    this.file = null;
    if (file !== null) this.disk.close(file);
  }
}

/** Quarantines and cuts off a torn tail, which the reader has found to be an unfinished write. */
export function settleJournal(disk: Disk, folder: string, end: JournalEnd): void {
  const journal = join(folder, 'journal');
  const path = join(journal, end.segment);
  if (end.tornBytes > 0) quarantineCopy(disk, folder, end.segment, readPieces(disk, path, end.goodBytes));
  // Also when nothing is cut: what a killed process wrote may be readable without being durable yet.
  cutBack(disk, folder, end);
  disk.syncFolder(journal);
  disk.syncFolder(folder);
}

/**
 * Truncates the journal to the last byte known to be durable. After a failed sync, written bytes may be readable
 * without being on disk, so they must never be read.
 */
export function cutBack(disk: Disk, folder: string, { segment, goodBytes }: JournalEnd): void {
  const file = disk.open(join(folder, 'journal', segment), 'append');
  try {
    disk.truncate(file, goodBytes);
    disk.sync(file);
  } finally {
    disk.close(file);
  }
}

type SegmentStart = Identity & { first: number; prev?: string };

function segmentHeader(start: SegmentStart): { line: string; sum: string } {
  return headerLine({ foyer: 'journal', format: dataFormat, ...start });
}

/** Creates a segment with only a header. */
export function startSegment(
  disk: Disk,
  folder: string,
  name: string,
  header: SegmentStart,
): Pick<JournalEnd, 'segment' | 'goodBytes' | 'sum'> {
  const { line, sum } = segmentHeader(header);
  replaceFile(disk, join(folder, 'journal', name), line);
  return { segment: name, goodBytes: Buffer.byteLength(line), sum };
}

/** Removes segments that are no longer needed, the oldest first. */
export function removeSegments(disk: Disk, folder: string, names: readonly string[]): void {
  if (names.length === 0) return;
  for (const name of names) disk.remove(join(folder, 'journal', name));
  disk.syncFolder(join(folder, 'journal'));
}
