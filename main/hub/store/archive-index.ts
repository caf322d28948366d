import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { DayKeys } from '../search/day-filter';
import { SpelledStarts } from '../search/spelled-starts';
import { readDay } from './archive-day';
import { searchable } from './archived-conversation';
import { type Disk, errorCode, nodeDisk } from './disk';
import { listIfThere, readIfThere, removeIfThere, replaceFile } from './durable-file';
import { readPieces } from './file-pieces';
import { lockFolder } from './folder-lock';
import { pagedOf, textsInPages } from './pages';

export const archiveDay = /^\d{4}-\d\d-\d\d\.jsonl$/;

const indexHead = z.strictObject({
  foyer: z.literal('index'),
  /** Another one is of an earlier version, and is made anew. */
  format: z.literal(2),
  /** How much of the day's file it is of, and its SHA-256. */
  bytes: z.number().int().nonnegative(),
  sum: z.string(),
  /** SHA-256 of the two and the filter's bits, which follow on this line. */
  check: z.string(),
});

/** The filter of a day's first bytes. */
export interface DayIndex {
  bytes: number;
  sum: string;
  bits: Uint8Array;
}

export function indexPath(folder: string, day: string): string {
  return join(folder, 'archive', day.replace(/jsonl$/, 'index'));
}

/** Null: there is none that can be used, so the whole day has to be searched. */
export function readIndex(disk: Disk, folder: string, day: string): (DayIndex & { isWhole: boolean }) | null {
  const file = readIfThere(disk, indexPath(folder, day));
  if (!file) return null;
  const bits = file.subarray(file.indexOf(10) + 1);
  const head = headIn(file.toString('utf8', 0, file.length - bits.length));
  if (!head) return null;
  const index = { bytes: head.bytes, sum: head.sum, bits };
  const bytes = bytesOf(disk, folder, day);
  return head.check === checkOf(index) && index.bytes <= bytes ? { ...index, isWhole: index.bytes === bytes } : null;
}

function bytesOf(disk: Disk, folder: string, day: string): number {
  return disk.bytes(join(folder, 'archive', day));
}

function headIn(line: string): z.infer<typeof indexHead> | null {
  try {
    return indexHead.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function checkOf({ bytes, sum, bits }: DayIndex): string {
  return sumOf([Buffer.from(`${bytes} ${sum}\n`), bits]);
}

function sumOf(pieces: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** File names of the days, oldest first. */
export function archiveDays(disk: Disk, folder: string): string[] {
  return listIfThere(disk, join(folder, 'archive')).filter((name) => archiveDay.test(name));
}

/**
 * The history's index: `archive/<day>.index` beside each day that has ended. It is made from the day alone, so nothing
 * is lost with it. What is added to the day later is searched beside it; before the day is rewritten it is removed.
 */
export class ArchiveIndex {
  private readonly starts = new SpelledStarts();
  /** Days whose index is of the whole day. */
  private readonly whole = new Set<string>();

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {}

  /** The index of the day's first bytes; null: a page of one of its conversations is unreadable. */
  of(day: string, bytes: number): DayIndex | null {
    const { disk, folder } = this;
    const path = join(folder, 'archive', day);
    const keys = new DayKeys(this.starts);
    for (const { conversation, to } of readDay(disk, folder, day)) {
      if (to > bytes) break;
      const known = conversation && searchable(conversation);
      if (!known) continue;
      keys.add(known);
      try {
        for (const text of textsInPages(disk, folder, pagedOf(known))) keys.addText(text);
      } catch (error) {
        if (errorCode(error) !== '') throw error;
        return null;
      }
    }
    return { bytes, sum: sumOf(readPieces(disk, path, 0, bytes)), bits: keys.bits() };
  }

  make(day: string): void {
    const { disk, folder } = this;
    const index = this.of(day, bytesOf(disk, folder, day));
    if (!index) {
      this.drop(day);
      return;
    }
    const { bytes, sum, bits } = index;
    const head: z.infer<typeof indexHead> = { foyer: 'index', format: 2, bytes, sum, check: checkOf(index) };
    replaceFile(disk, indexPath(folder, day), [`${JSON.stringify(head)}\n`, bits]);
    this.whole.add(day);
  }

  /** The newest of these days first, and only those whose index is missing or not of the whole day. */
  makeMissing(days: readonly string[], daysMax: number): void {
    const { disk, folder, whole } = this;
    const isWhole = (day: string) => whole.has(day) || readIndex(disk, folder, day)?.isWhole === true;
    let made = 0;
    for (const day of [...days].reverse()) {
      if (made >= daysMax) return;
      if (isWhole(day)) whole.add(day);
      else {
        this.make(day);
        made += 1;
      }
    }
  }

  /** Call it before a day is rewritten or removed; durable when it returns. */
  drop(day: string): void {
    this.whole.delete(day);
    if (removeIfThere(this.disk, indexPath(this.folder, day))) this.disk.syncFolder(join(this.folder, 'archive'));
  }

  /** Something was added to the day. */
  outgrown(day: string): void {
    this.whole.delete(day);
  }
}

/** Makes every day's index anew. No hub may be using the folder. Returns how many days there are. */
export function indexDays(disk: Disk, folder: string): number {
  const index = new ArchiveIndex(disk, folder);
  const days = archiveDays(disk, folder);
  for (const day of days) index.make(day);
  return days.length;
}

/** As `indexDays`, for a folder that may be in use. Rejects with a `HubStartError`. */
export async function indexFolder(folder: string, disk = nodeDisk): Promise<number> {
  const lock = await lockFolder(folder);
  try {
    return indexDays(disk, folder);
  } finally {
    await lock.release();
  }
}
