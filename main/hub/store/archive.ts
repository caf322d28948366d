import { join } from 'node:path';
import * as z from 'zod';
import type { Customer, DeskConversation } from '../state/desk';
import type { Disk } from './disk';
import { listIfThere, quarantineCopy, readIfThere, replaceFile, writeAll } from './durable-file';

/** A closed conversation with what was said, as one line of `archive/<UTC day of closing>.jsonl`. */
export type ArchivedConversation = Omit<DeskConversation, 'queued' | 'key' | 'tags' | 'wrapUpCode'> & {
  /** Older lines have neither. */
  tags?: readonly string[];
  wrapUpCode?: string | null;
  openedAt: number;
  customer: Pick<Customer, 'customerId' | 'name' | 'language'> | null;
};

const archivedLine = z.looseObject({
  conversationId: z.string(),
  closedAt: z.number(),
  messages: z.array(z.unknown()),
});

export function archived(conversation: DeskConversation, customer: Customer | undefined): ArchivedConversation {
  const { queued: _queued, key, ...kept } = conversation;
  const { customerId, name, language } = customer ?? {};
  const known = customerId !== undefined && name !== undefined && language !== undefined;
  return { ...kept, openedAt: key.enqueuedAt, customer: known ? { customerId, name, language } : null };
}

export const dayMs = 24 * 60 * 60_000;

/** When the archive's day of this moment began: days are UTC. */
export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** `2026-11-23` */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export const archiveDay = /^\d{4}-\d\d-\d\d\.jsonl$/;

export interface ArchiveDay {
  conversations: ArchivedConversation[];
  /** Lines that can't be read. */
  badLines: number;
  /** All but what a crash left of a write: a last line that ends early, and pages that never arrived and read as zeros. */
  whole: Buffer;
}

/** A conversation that is there twice counts once. */
export function readDay(disk: Disk, folder: string, name: string): ArchiveDay {
  const bytes = readIfThere(disk, join(folder, 'archive', name)) ?? Buffer.alloc(0);
  const byId = new Map<string, ArchivedConversation>();
  const whole: Buffer[] = [];
  let badLines = 0;
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from);
    const line = bytes.subarray(from, newline === -1 ? bytes.length : newline + 1);
    const parsed = newline === -1 ? null : parseLine(line.toString('utf8'));
    if (!parsed) badLines += 1;
    else if (!byId.has(parsed.conversationId)) byId.set(parsed.conversationId, parsed);
    if (newline !== -1 && !line.includes(0)) whole.push(line);
    from += line.length;
  }
  return { conversations: [...byId.values()], badLines, whole: Buffer.concat(whole) };
}

function parseLine(line: string): ArchivedConversation | null {
  try {
    const value: unknown = JSON.parse(line);
    return archivedLine.safeParse(value).success ? (value as ArchivedConversation) : null;
  } catch {
    return null;
  }
}

/**
 * Closed conversations by day. They are written when the desk forgets them, an hour after closing, because until then
 * something may still be added; and synced before the next snapshot, because until then the journal brings them again.
 */
export class Archive {
  /** Ids that are there already, per day that was written to since the last sync. */
  private readonly unsynced = new Map<string, Set<string>>();

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {}

  add(conversations: readonly ArchivedConversation[]): void {
    const lines = new Map<string, string>();
    for (const conversation of conversations) {
      const name = `${utcDay(conversation.closedAt ?? 0)}.jsonl`;
      const known = this.open(name);
      if (known.has(conversation.conversationId)) continue;
      known.add(conversation.conversationId);
      lines.set(name, `${lines.get(name) ?? ''}${JSON.stringify(conversation)}\n`);
    }
    for (const [name, text] of lines) this.onDay(name, (file) => writeAll(this.disk, file, Buffer.from(text, 'utf8')));
  }

  sync(): void {
    for (const name of this.unsynced.keys()) this.onDay(name, (file) => this.disk.sync(file));
    if (this.unsynced.size > 0) this.disk.syncFolder(join(this.folder, 'archive'));
    this.unsynced.clear();
  }

  /** After an error: no later sync writes what a failed one gave up, so every day that was to be synced is made anew. */
  rewrite(): void {
    for (const name of this.unsynced.keys()) {
      const path = join(this.folder, 'archive', name);
      const bytes = readIfThere(this.disk, path);
      if (bytes) replaceFile(this.disk, path, bytes);
    }
  }

  /** Which attachments these customers' conversations name, and which the others do. */
  attachments(customerIds: ReadonlySet<string>): { theirs: Set<string>; others: Set<string> } {
    const named = { theirs: new Set<string>(), others: new Set<string>() };
    for (const { name } of this.extent())
      for (const { customerId, messages } of readDay(this.disk, this.folder, name).conversations)
        for (const { attachments = [] } of messages)
          for (const { attachmentId } of attachments)
            named[customerIds.has(customerId) ? 'theirs' : 'others'].add(attachmentId);
    return named;
  }

  /** A line that can't be read may be theirs: it goes, too. */
  erase(customerIds: ReadonlySet<string>): void {
    for (const { name } of this.extent()) {
      const { conversations, badLines } = readDay(this.disk, this.folder, name);
      const kept = conversations.filter(({ customerId }) => !customerIds.has(customerId));
      if (kept.length === conversations.length && badLines === 0) continue;
      const text = kept.map((each) => `${JSON.stringify(each)}\n`).join('');
      replaceFile(this.disk, join(this.folder, 'archive', name), text);
    }
  }

  /** Removes the days that were over before this moment. */
  expire(before: number): void {
    const firstKept = `${utcDay(before)}.jsonl`;
    const old = this.extent().filter(({ name }) => name < firstKept);
    for (const { name } of old) {
      this.disk.remove(join(this.folder, 'archive', name));
      this.unsynced.delete(name);
    }
    // With what a crash had left of them.
    const aside = join(this.folder, 'quarantine');
    const isOld = (name: string) => name.startsWith('archive-') && name.slice('archive-'.length) < firstKept;
    const copies = listIfThere(this.disk, aside).filter(isOld);
    for (const name of copies) this.disk.remove(join(aside, name));
    if (copies.length > 0) this.disk.syncFolder(aside);
    if (old.length > 0) this.disk.syncFolder(join(this.folder, 'archive'));
  }

  /** The names of the days' files. */
  days(): string[] {
    return listIfThere(this.disk, join(this.folder, 'archive')).filter((name) => archiveDay.test(name));
  }

  /** How far each day goes now. */
  extent(): { name: string; bytes: number }[] {
    return this.days().map((name) => ({ name, bytes: this.disk.bytes(join(this.folder, 'archive', name)) }));
  }

  private open(name: string): Set<string> {
    let known = this.unsynced.get(name);
    if (known) return known;
    if (!listIfThere(this.disk, this.folder).includes('archive')) {
      this.disk.makeFolder(join(this.folder, 'archive'));
      this.disk.syncFolder(this.folder);
    }
    const day = readDay(this.disk, this.folder, name);
    this.mend(name, day);
    known = new Set(day.conversations.map((each) => each.conversationId));
    this.unsynced.set(name, known);
    return known;
  }

  /** The journal brings again what a crash cut short. */
  private mend(name: string, { whole }: ArchiveDay): void {
    const path = join(this.folder, 'archive', name);
    const bytes = readIfThere(this.disk, path);
    if (!bytes || bytes.length === whole.length) return;
    quarantineCopy(this.disk, this.folder, `archive/${name}`, bytes);
    replaceFile(this.disk, path, whole);
  }

  private onDay(name: string, work: (file: number) => void): void {
    const file = this.disk.open(join(this.folder, 'archive', name), 'append');
    try {
      work(file);
    } finally {
      this.disk.close(file);
    }
  }
}
