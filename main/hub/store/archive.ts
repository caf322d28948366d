import { join } from 'node:path';
import type { Rating } from '../../../shared/protocol/rating';
import type { LateRating } from '../state/thread';
import { utcDay } from '../system/days';
import { conversationLines, dayLines, idIn, readDay } from './archive-day';
import { ArchiveIndex, archiveDays } from './archive-index';
import type { ArchivedConversation } from './archived-conversation';
import type { Disk } from './disk';
import { listIfThere, quarantineCopy, replaceFile, writeAll } from './durable-file';
import { inPieces, readPieces } from './file-pieces';

function firstKeptDay(before: number): string {
  return `${utcDay(before)}.jsonl`;
}

/**
 * Closed conversations by UTC day. They are written when they leave the state, an hour after closing, because until
 * then something may be added; and synced before the next snapshot, because until then a replay brings them again.
 */
export class Archive {
  /** Ids in each day's file written to since the last sync; null: the file has to be read again. */
  private readonly unsynced = new Map<string, Set<string> | null>();
  private readonly index: ArchiveIndex;

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {
    this.index = new ArchiveIndex(disk, folder);
  }

  /** Idempotent: conversations already in the file are skipped, so the same can be added again after an error. */
  add(conversations: readonly ArchivedConversation[]): void {
    const byDay = new Map<string, ArchivedConversation[]>();
    for (const conversation of conversations) {
      const name = `${utcDay(conversation.closedAt ?? 0)}.jsonl`;
      const ofDay = byDay.get(name) ?? [];
      byDay.set(name, ofDay);
      ofDay.push(conversation);
    }
    for (const [name, ofDay] of byDay) this.addTo(name, ofDay);
  }

  /**
   * Writes ratings that came after their conversations had been added: each of their days anew. One whose conversation
   * is not there was erased or has expired.
   */
  rate(late: readonly LateRating[]): void {
    const byDay = new Map<string, Map<string, Rating>>();
    for (const { conversationId, endedAt, rating } of late) {
      const name = `${utcDay(endedAt)}.jsonl`;
      byDay.set(name, (byDay.get(name) ?? new Map<string, Rating>()).set(conversationId, rating));
    }
    const there = new Set(this.days());
    for (const [name, ratings] of byDay) if (there.has(name)) this.rateIn(name, ratings);
  }

  private rateIn(name: string, ratings: ReadonlyMap<string, Rating>): void {
    const { disk, folder } = this;
    const path = this.pathOf(name);
    const pieces = function* () {
      for (const { conversation, from, to } of readDay(disk, folder, name)) {
        const rating = ratings.get(conversation?.conversationId ?? '');
        if (conversation && rating)
          for (const line of conversationLines({ ...conversation, rating })) yield Buffer.from(line);
        else yield* readPieces(disk, path, from, to);
      }
    };
    this.index.drop(name);
    replaceFile(disk, path, pieces());
  }

  sync(): void {
    for (const name of this.unsynced.keys()) this.onDay(name, (file) => this.disk.sync(file));
    if (this.unsynced.size > 0) this.disk.syncFolder(join(this.folder, 'archive'));
    this.unsynced.clear();
  }

  /** Rewrites every unsynced day after an error, because a later sync does not write what a failed one dropped. */
  rewrite(): void {
    const there = new Set(this.days());
    for (const name of this.unsynced.keys()) {
      const path = this.pathOf(name);
      if (there.has(name)) replaceFile(this.disk, path, readPieces(this.disk, path));
    }
  }

  /** Attachments named by these customers' conversations, and by all others. */
  attachments(customerIds: ReadonlySet<string>): { theirs: Set<string>; others: Set<string> } {
    const named = { theirs: new Set<string>(), others: new Set<string>() };
    for (const name of this.days())
      for (const { conversation } of readDay(this.disk, this.folder, name, { isOf: namesFiles }))
        for (const { attachments = [] } of conversation?.messages ?? [])
          for (const { attachmentId } of attachments)
            named[customerIds.has(conversation!.customerId) ? 'theirs' : 'others'].add(attachmentId);
    return named;
  }

  /** Ids of conversations with pages, of days that ended before this time. */
  *pagedBefore(before: number): Generator<string> {
    for (const name of this.daysBefore(before))
      for (const { conversation } of readDay(this.disk, this.folder, name, { isOf: hasPages }))
        if (conversation?.earlier) yield conversation.conversationId;
  }

  /** The given ids that no day holds. Reads the oldest day first, and stops once all are found. */
  unnamed(conversationIds: readonly string[]): Set<string> {
    const unnamed = new Set(conversationIds);
    for (const name of this.days()) {
      if (unnamed.size === 0) break;
      for (const line of dayLines(this.disk, this.folder, name)) unnamed.delete(idIn(line));
    }
    return unnamed;
  }

  /** Also removes unreadable lines, which may be theirs. */
  erase(customerIds: ReadonlySet<string>): void {
    for (const name of this.days()) {
      const kept: Range[] = [];
      let gone = false;
      for (const { conversation, kind, from, to } of readDay(this.disk, this.folder, name)) {
        if (conversation && !customerIds.has(conversation.customerId)) keep(kept, { from, to });
        else if (kind !== 'doubled') gone = true;
      }
      if (!gone) continue;
      this.index.drop(name);
      replaceFile(this.disk, this.pathOf(name), this.ranges(name, kept));
      this.index.make(name);
    }
  }

  /**
   * Makes the index of days that ended before this time and have none that is whole, of `daysMax` at most. Not of what
   * a power cut may still take.
   */
  indexBefore(before: number, daysMax: number): void {
    const days = this.daysBefore(before).filter((name) => !this.unsynced.has(name));
    this.index.makeMissing(days, daysMax);
  }

  /** Removes the days that ended before this time. */
  expire(before: number): void {
    const firstKept = firstKeptDay(before);
    const old = this.daysBefore(before);
    for (const name of old) {
      this.index.drop(name);
      this.disk.remove(join(this.folder, 'archive', name));
      this.unsynced.delete(name);
    }
    // Also the quarantined copies of damaged files of those days.
    const aside = join(this.folder, 'quarantine');
    const isOld = (name: string) => name.startsWith('archive-') && name.slice('archive-'.length) < firstKept;
    const copies = listIfThere(this.disk, aside).filter(isOld);
    for (const name of copies) this.disk.remove(join(aside, name));
    if (copies.length > 0) this.disk.syncFolder(aside);
    if (old.length > 0) this.disk.syncFolder(join(this.folder, 'archive'));
  }

  private daysBefore(moment: number): string[] {
    return this.days().filter((name) => name < firstKeptDay(moment));
  }

  /** File names of the days, oldest first. */
  days(): string[] {
    return archiveDays(this.disk, this.folder);
  }

  /** Those of what ended at this time or later. */
  daysFrom(moment: number): string[] {
    return this.days().filter((name) => name >= firstKeptDay(moment));
  }

  /** The current length of each day's file. */
  extent(): { name: string; bytes: number }[] {
    return this.days().map((name) => ({ name, bytes: this.disk.bytes(join(this.folder, 'archive', name)) }));
  }

  private addTo(name: string, conversations: readonly ArchivedConversation[]): void {
    const known = this.open(name);
    this.index.outgrown(name);
    const isNew = ({ conversationId }: ArchivedConversation) => !known.has(conversationId);
    const lines = function* () {
      for (const conversation of conversations.filter(isNew)) {
        known.add(conversation.conversationId);
        yield* conversationLines(conversation);
      }
    };
    try {
      this.onDay(name, (file) => {
        for (const piece of inPieces(lines())) writeAll(this.disk, file, piece);
      });
    } catch (error) {
      this.unsynced.set(name, null);
      throw error;
    }
  }

  private open(name: string): Set<string> {
    let known = this.unsynced.get(name);
    if (known) return known;
    if (!listIfThere(this.disk, this.folder).includes('archive')) {
      this.disk.makeFolder(join(this.folder, 'archive'));
      this.disk.syncFolder(this.folder);
    }
    known = this.mended(name);
    this.unsynced.set(name, known);
    return known;
  }

  /** The ids in a day's file, after removing writes cut short by a crash, which a replay brings again. */
  private mended(name: string): Set<string> {
    const known = new Set<string>();
    const whole: Range[] = [];
    let isTorn = false;
    for (const { conversation, kind, from, to } of readDay(this.disk, this.folder, name)) {
      if (conversation) known.add(conversation.conversationId);
      if (kind === 'torn') isTorn = true;
      else keep(whole, { from, to });
    }
    if (!isTorn) return known;
    const path = this.pathOf(name);
    this.index.drop(name);
    quarantineCopy(this.disk, this.folder, `archive/${name}`, readPieces(this.disk, path));
    replaceFile(this.disk, path, this.ranges(name, whole));
    return known;
  }

  private *ranges(name: string, kept: readonly Range[]): Generator<Buffer> {
    for (const { from, to } of kept) yield* readPieces(this.disk, this.pathOf(name), from, to);
  }

  private pathOf(name: string): string {
    return join(this.folder, 'archive', name);
  }

  private onDay(name: string, work: (file: number) => void): void {
    const file = this.disk.open(this.pathOf(name), 'append');
    try {
      work(file);
    } finally {
      this.disk.close(file);
    }
  }
}

const filesMark = Buffer.from('"attachmentId":');
const namesFiles = (line: Buffer) => line.includes(filesMark);

const pagesMark = Buffer.from('"earlier":{');
const hasPages = (line: Buffer) => line.includes(pagesMark);

/** A byte range of a file. */
interface Range {
  from: number;
  to: number;
}

function keep(kept: Range[], { from, to }: Range): void {
  const last = kept.at(-1);
  if (last?.to === from) last.to = to;
  else kept.push({ from, to });
}
