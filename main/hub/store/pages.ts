import { dirname, join } from 'node:path';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { comesBefore, type MessagePage, pageOf } from '../../../shared/protocol/message-page';
import { type MessageView, messageView } from '../../../shared/protocol/views';
import { textsOf } from '../search/search';
import { SoughtWords, type WordsFound } from '../search/sought-words';
import type { EarlierMessages, MessagesLeft, Thread } from '../state/thread';
import { type Disk, errorCode } from './disk';
import { isThere, listIfThere, placeFile, syncFile } from './durable-file';
import { firstLine, readLines, textOf } from './file-pieces';

/** A conversation with messages that have left the state, open or in the archive. */
export interface Paged {
  customerId: string;
  conversationId: string;
  earlier: EarlierMessages | null;
  /** Id of the first message that is not on a page; null: all are. */
  heldFrom: string | null;
}

export function pagedOf({
  customerId,
  conversationId,
  earlier,
  messages,
}: Omit<Paged, 'heldFrom'> & { messages: readonly Pick<MessageView, 'messageId'>[] }): Paged {
  return { customerId, conversationId, earlier, heldFrom: messages[0]?.messageId ?? null };
}

type Whose = Pick<Paged, 'customerId' | 'conversationId'>;

const ending = '.jsonl';

function folderOf(folder: string, { customerId, conversationId }: Whose): string {
  return join(folder, 'pages', customerId, conversationId);
}

const pageName = /^(\d{1,15})\.(\d{1,6})\.jsonl$/;

/** The conversation's pages, named by their first message, oldest first. */
function pagesOf(disk: Disk, folder: string, whose: Whose): string[] {
  const pages = listIfThere(disk, folderOf(folder, whose)).flatMap((name) => {
    const [, seq, place] = pageName.exec(name) ?? [];
    return seq === undefined ? [] : { page: `${seq}.${place}`, seq: Number(seq), place: Number(place) };
  });
  return pages.sort((a, b) => a.seq - b.seq || a.place - b.place).map(({ page }) => page);
}

/** Only the pages before `heldFrom`: cutting a damaged journal may have left later ones. */
function ownPages(disk: Disk, folder: string, paged: Paged): string[] {
  if (!paged.earlier) return [];
  const { heldFrom } = paged;
  return pagesOf(disk, folder, paged).filter((page) => heldFrom === null || comesBefore(page, heldFrom));
}

/** The pages' paths below the data folder. */
export function pagePaths(disk: Disk, folder: string, paged: Paged): string[] {
  const { customerId, conversationId } = paged;
  return ownPages(disk, folder, paged).map((page) => join('pages', customerId, conversationId, page + ending));
}

/** Throws when any line is unreadable; a page is never read in part. */
function readPage(disk: Disk, folder: string, whose: Whose, page: string): MessageView[] {
  const messages: MessageView[] = [];
  for (const line of readLines(disk, join(folderOf(folder, whose), page + ending)))
    messages.push(messageView.parse(JSON.parse(textOf(line) ?? '')));
  return messages;
}

/** Like `pageOf`, for messages that have left the state. */
export function earlierPage(
  disk: Disk,
  folder: string,
  paged: Paged,
  { before, withNotes }: { before: string; withNotes: boolean },
): MessagePage<MessageView> {
  const pages = ownPages(disk, folder, paged).filter((page) => comesBefore(page, before));
  for (const [older, page] of [...pages.entries()].reverse()) {
    const seen = readPage(disk, folder, paged, page).filter(({ from }) => withNotes || from.kind !== 'note');
    const { messages, earlier } = pageOf(seen, before);
    if (messages.length > 0) return { messages, earlier: earlier || older > 0 };
  }
  return { messages: [], earlier: false };
}

export interface FoundInPages extends WordsFound {
  /** How many characters were searched. */
  looked: number;
}

/** Which of the words occur in messages that have left the state; searches the newest page first. */
export function wordsInPages(disk: Disk, folder: string, paged: Paged, words: readonly string[]): FoundInPages {
  const sought = new SoughtWords(words);
  let looked = 0;
  for (const page of ownPages(disk, folder, paged).reverse()) {
    if (sought.missing.length === 0) break;
    for (const message of readPage(disk, folder, paged, page))
      for (const text of textsOf(message)) for (const length of sought.inText(text)) looked += length;
  }
  return { ...sought.found, looked };
}

/** Throws as `readPage` does. */
export function* textsInPages(disk: Disk, folder: string, paged: Paged): Generator<string> {
  for (const page of ownPages(disk, folder, paged))
    for (const message of readPage(disk, folder, paged, page)) yield* textsOf(message);
}

/** A file attached to a message that has left the state. */
export function fileInPages(disk: Disk, folder: string, paged: Paged, attachmentId: string): AttachmentView | null {
  for (const page of paged.earlier?.withFiles ?? [])
    for (const { attachments = [] } of readPage(disk, folder, paged, page))
      for (const each of attachments) if (each.attachmentId === attachmentId) return each;
  return null;
}

/** All conversations that have pages. */
function* everyPaged(disk: Disk, folder: string): Generator<Whose> {
  for (const customerId of idsIn(disk, join(folder, 'pages')))
    for (const conversationId of idsIn(disk, join(folder, 'pages', customerId))) yield { customerId, conversationId };
}

/** Ignores files that an operating system adds to folders. */
function idsIn(disk: Disk, folder: string): string[] {
  return listIfThere(disk, folder).filter((name) => /^[\w-]+$/.test(name));
}

/** The attachments that the pages name, and what is wrong with the pages. */
export function lookThrough(
  disk: Disk,
  folder: string,
  paged: Paged,
): { attachmentIds: string[]; problem: string | null } {
  const attachmentIds: string[] = [];
  let count = 0;
  try {
    for (const page of ownPages(disk, folder, paged))
      for (const { attachments = [] } of readPage(disk, folder, paged, page)) {
        count += 1;
        for (const { attachmentId } of attachments) attachmentIds.push(attachmentId);
      }
  } catch (error) {
    if (errorCode(error) !== '') throw error;
    return { attachmentIds, problem: 'is not readable' };
  }
  const known = paged.earlier?.count ?? 0;
  return { attachmentIds, problem: count === known ? null : `has ${count} of ${known} messages` };
}

/**
 * Earlier messages of long conversations: `pages/<customer>/<conversation>/<first message>.jsonl`. A page is written
 * when its messages leave the state, and never changes. It is synced before the next snapshot; until then a replay
 * brings it again.
 */
export class Pages {
  /** Names of the pages written since the last sync, and the folder they are in. */
  private readonly unsynced = new Map<string, { whose: Whose; names: string[] }>();

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {}

  get areNone(): boolean {
    return everyPaged(this.disk, this.folder).next().done === true;
  }

  /** Rewrites a page that exists already, because it may not have been synced. */
  add(left: MessagesLeft): void {
    const { disk, folder } = this;
    const its = this.unsyncedOf(left);
    const name = left.messages[0]!.messageId + ending;
    its.names.push(name);
    const lines = left.messages.map((message) => `${JSON.stringify(message)}\n`);
    placeFile(disk, join(folderOf(folder, left), name), lines.join(''));
  }

  /** Every page is durable when it returns, but those of conversations removed meanwhile. */
  sync(): void {
    const { disk, folder } = this;
    if (this.unsynced.size === 0) return;
    for (const { whose, names } of this.unsynced.values()) {
      const its = folderOf(folder, whose);
      if (!isThere(disk, its)) continue;
      for (const name of names) syncFile(disk, join(its, name));
      disk.syncFolder(its);
      disk.syncFolder(dirname(its));
    }
    disk.syncFolder(join(folder, 'pages'));
    disk.syncFolder(folder);
    this.unsynced.clear();
  }

  /** Removes files a crash left unfinished, and pages from after the end of a journal that was cut. */
  tidy(held: Iterable<Thread>): void {
    const { disk, folder } = this;
    const byId = new Map([...held].map((each) => [each.conversationId, each]));
    for (const whose of everyPaged(disk, folder)) {
      const conversation = byId.get(whose.conversationId);
      const there = conversation ? ownPages(disk, folder, pagedOf(conversation)) : pagesOf(disk, folder, whose);
      const kept = new Set(there.map((page) => page + ending));
      const gone = disk.list(folderOf(folder, whose)).filter((name) => !kept.has(name));
      for (const name of gone) disk.remove(join(folderOf(folder, whose), name));
      if (gone.length > 0) disk.syncFolder(folderOf(folder, whose));
    }
  }

  /** Attachments named by these customers' pages, and by all others. An unreadable page names none. */
  attachments(customerIds: ReadonlySet<string>): { theirs: Set<string>; others: Set<string> } {
    const named = { theirs: new Set<string>(), others: new Set<string>() };
    const { disk, folder } = this;
    for (const whose of everyPaged(disk, folder))
      for (const page of pagesOf(disk, folder, whose))
        for (const { attachments = [] } of readable(() => readPage(disk, folder, whose, page)))
          for (const { attachmentId } of attachments)
            named[customerIds.has(whose.customerId) ? 'theirs' : 'others'].add(attachmentId);
    return named;
  }

  erase(customerIds: ReadonlySet<string>): void {
    const { disk, folder } = this;
    const gone = idsIn(disk, join(folder, 'pages')).filter((customerId) => customerIds.has(customerId));
    for (const customerId of gone) disk.removeAll(join(folder, 'pages', customerId));
    if (gone.length > 0) disk.syncFolder(join(folder, 'pages'));
  }

  all(): Whose[] {
    return [...everyPaged(this.disk, this.folder)];
  }

  /** Whether its latest page begins before this time; true also for an unreadable page. */
  endBefore(whose: Whose, moment: number): boolean {
    const latest = pagesOf(this.disk, this.folder, whose).at(-1);
    if (latest === undefined) return true;
    const path = join(folderOf(this.folder, whose), latest + ending);
    const [first] = readable(() => [messageView.parse(JSON.parse(firstLine(this.disk, path) ?? ''))]);
    return first === undefined || first.at < moment;
  }

  /** Also removes customers' folders that are empty, including those left so earlier. */
  remove(these: readonly Whose[]): void {
    const { disk, folder } = this;
    for (const whose of these) {
      disk.removeAll(folderOf(folder, whose));
      disk.syncFolder(join(folder, 'pages', whose.customerId));
    }
    const all = join(folder, 'pages');
    const empty = idsIn(disk, all).filter((customerId) => idsIn(disk, join(all, customerId)).length === 0);
    for (const customerId of empty) disk.removeAll(join(all, customerId));
    if (empty.length > 0) disk.syncFolder(all);
  }

  private unsyncedOf({ customerId, conversationId }: Whose): { names: string[] } {
    const { disk, folder, unsynced } = this;
    const known = unsynced.get(conversationId);
    if (known) return known;
    const whose = { customerId, conversationId };
    const its = folderOf(folder, whose);
    for (const level of [join(folder, 'pages'), dirname(its), its]) disk.makeFolder(level);
    const fresh = { whose, names: [] };
    unsynced.set(conversationId, fresh);
    return fresh;
  }
}

/** Nothing when unreadable; disk errors still throw. */
function readable(read: () => MessageView[]): MessageView[] {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) !== '') throw error;
    return [];
  }
}
