import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { AuditCursor, AuditEntry, AuditPage } from '../../../shared/protocol/audit';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { MessageView } from '../../../shared/protocol/views';
import type { Search, Searchable } from '../search/search';
import type { WordsFound } from '../search/sought-words';
import type { PastCustomer } from '../state/records';
import type { ArchiveAnswer, ArchiveFound, ArchiveTask, SoughtConversation } from './archive-reader';
import { auditMonthOf } from './audit-files';
import type { Sought } from './customer-files';
import type { Paged } from './pages';
import type { ArchiveDayName } from './store';
import type { ToWriter, WriterLink } from './writer-messages';

type Names = readonly string[] | null;

/** Reads what has left the state: archive, pages, audit log, customers. Rejects with a message for a person. */
export class FolderReading {
  /** Pending requests for the archive's days, in order; resolved with null when it can't be read now. */
  private readonly days: ((days: Names) => void)[] = [];
  /** The same for the audit log's months. */
  private readonly months: ((months: Names) => void)[] = [];

  constructor(
    private readonly link: Pick<WriterLink, 'askArchive'>,
    /** Posts to the writer behind everything appended so far; false: the folder is not open. */
    private readonly post: (message: ToWriter) => boolean,
  ) {}

  archiveListed(days: Names): void {
    this.days.shift()?.(days);
  }

  auditListed(months: Names): void {
    this.months.shift()?.(months);
  }

  /** The writer answers nothing that was asked before. */
  end(): void {
    for (const listed of [...this.days.splice(0), ...this.months.splice(0)]) listed(null);
  }

  async archiveDays(): Promise<ArchiveDayName[]> {
    const days = await this.listed({ kind: 'listArchive' }, this.days);
    const named = days.map((day) => ({ day, startsAt: Date.parse(day.slice(0, 10)) }));
    return named.sort((a, b) => b.startsAt - a.startsAt);
  }

  async endedBefore(before: number): Promise<number> {
    let conversations = 0;
    for (const { day, startsAt } of await this.archiveDays()) {
      if (startsAt >= before) continue;
      const answer = await this.link.askArchive({ kind: 'count', day });
      if ('conversations' in answer) conversations += answer.conversations;
    }
    return conversations;
  }

  async narrowed(days: readonly ArchiveDayName[], search: Search): Promise<ArchiveDayName[]> {
    const answer = await this.link.askArchive({ kind: 'narrow', days: days.map(({ day }) => day), search });
    const left = new Set('days' in answer ? answer.days : []);
    return days.filter(({ day }) => left.has(day));
  }

  async search(task: Extract<ArchiveTask, { kind: 'search' }>): Promise<ArchiveFound> {
    const answer = await this.link.askArchive(task);
    return 'found' in answer ? answer : { found: [], bytes: 0 };
  }

  async readArchived(day: string, sought: SoughtConversation): Promise<Searchable | null> {
    const answer = await this.link.askArchive({ kind: 'read', day, sought });
    return 'conversation' in answer ? answer.conversation : null;
  }

  async auditPage(before: AuditCursor | null, length: number): Promise<AuditPage> {
    const months = await this.listed({ kind: 'listAudit' }, this.months);
    const entries: AuditEntry[] = [];
    for (const month of [...months].reverse()) {
      if (before !== null && month > auditMonthOf(before.at)) continue;
      if (entries.length > length) break;
      const task = { kind: 'audit', month, before, length: length + 1 - entries.length } as const;
      const answer = await this.link.askArchive(task);
      if ('entries' in answer) entries.push(...answer.entries);
    }
    return { entries: entries.slice(0, length), isLast: entries.length <= length };
  }

  async earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>> {
    const answer = await this.askPages({ kind: 'earlier', of, before, withNotes });
    return 'page' in answer ? answer.page : { messages: [], earlier: false };
  }

  async wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound> {
    const answer = await this.askPages({ kind: 'words', of, words });
    return 'inPages' in answer ? answer.inPages : { words: [], excerpt: null };
  }

  async fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null> {
    const answer = await this.askPages({ kind: 'file', of, attachmentId });
    return 'file' in answer ? answer.file : null;
  }

  async findPast(sought: Sought): Promise<PastCustomer | null> {
    const answer = await this.link.askArchive({ kind: 'past', sought });
    return 'past' in answer ? answer.past : null;
  }

  private async askPages(task: ArchiveTask): Promise<ArchiveAnswer> {
    // Waits until the writer has written the pages it was given before.
    await this.archiveDays();
    return this.link.askArchive(task);
  }

  private async listed(request: ToWriter, pending: ((names: Names) => void)[]): Promise<readonly string[]> {
    const names = await new Promise<Names>((resolve) => {
      pending.push(resolve);
      if (!this.post(request)) this.end();
    });
    if (!names) throw new Error('The data folder can’t be read now.');
    return names;
  }
}
