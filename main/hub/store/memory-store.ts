import type { AttachmentView } from '../../../shared/protocol/attachments';
import { type AuditCursor, type AuditEntry, type AuditPage, compareAudit } from '../../../shared/protocol/audit';
import { comesBefore, type MessagePage, pageOf } from '../../../shared/protocol/message-page';
import type { DiskSpace, MessageView } from '../../../shared/protocol/views';
import { SoughtWords, type WordsFound } from '../search/sought-words';
import { AuditLog } from '../state/audit-log';
import { lastSeenAt } from '../state/customers';
import { parseRecord } from '../state/message-record';
import { type HubRecord, hubRecord, type PastCustomer } from '../state/records';
import type { StoredBase } from '../state/saved-state';
import type { ArchiveFound } from './archive-reader';
import { Arrivals } from './arrivals';
import type { Sought } from './customer-files';
import type { Paged } from './pages';
import type { ArchiveDayName, Held, Store, StoreListener, StoreProblem } from './store';

/** Bounds memory use. */
const auditKeptMax = 10_000;

/** What survives a memory store for the next one opened on it: only durable records. */
export class MemoryDisk {
  lines: string[] = [];
  /** Customers who have left the state, by id. */
  readonly past = new Map<string, PastCustomer>();
}

/** An in-memory store for tests and sample data. In mode `hand` nothing is durable until `flush` is called. */
export class MemoryStore implements Store {
  epoch = 1;
  readonly arrivals = new Arrivals();
  readonly base: StoredBase = { state: null, config: null };
  private pending: { seq: number; line: string }[] = [];
  private listener: StoreListener | null = null;
  private scheduled = false;
  private broken = false;
  private mended: () => void = () => undefined;
  private lastSeq = 0;
  private settled: AuditEntry[] = [];
  private audit = this.newAudit();

  constructor(
    readonly hubId: string,
    private readonly mode: 'hand' | 'soon' = 'soon',
    readonly disk = new MemoryDisk(),
  ) {}

  async replay(each: (record: HubRecord) => void): Promise<void> {
    this.lastSeq = 0;
    this.settled = [];
    this.audit = this.newAudit();
    for (const line of this.disk.lines) {
      this.noteAudit(line);
      const record = hubRecord.parse(parseRecord(line));
      this.lastSeq = record.seq;
      each(record);
    }
  }

  listen(listener: StoreListener): void {
    this.listener = listener;
  }

  append(seq: number, json: string): void {
    if (seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${seq}`);
    this.lastSeq = seq;
    if (this.broken) return;
    this.pending.push({ seq, line: json });
    if (this.mode === 'hand' || this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  /** How many records are not durable yet. */
  get waiting(): number {
    return this.pending.length;
  }

  private newAudit() {
    return new AuditLog((entry) => {
      this.settled.push(entry);
      if (this.settled.length > auditKeptMax) this.settled.shift();
    });
  }

  /** Makes everything appended so far durable, in one commit. */
  flush(): void {
    const batch = this.pending;
    this.pending = [];
    const last = batch[batch.length - 1];
    if (this.broken || !last) return;
    for (const { line } of batch) {
      this.disk.lines.push(line);
      this.noteAudit(line);
    }
    this.listener?.durable(last.seq);
  }

  /** Simulates a failing disk: pending records are lost, and nothing becomes durable until `mend`. */
  breakDown(reason: StoreProblem['reason']): void {
    const { listener } = this;
    this.broken = true;
    this.pending = [];
    this.listener = null;
    listener?.failed({ kind: 'readOnly', reason, freeBytes: 0, message: 'broken down' });
  }

  mend(): void {
    this.broken = false;
    this.mended();
  }

  /** Simulates a disk filling up. */
  space(level: DiskSpace): void {
    this.listener?.space(level, 0);
  }

  /** Simulates a file beside the journal that can't be written. */
  hold(held: readonly Held[]): void {
    this.listener?.held(held);
  }

  recovered(): Promise<void> {
    this.listener = null;
    this.flush();
    return new Promise((resolve) => {
      if (this.broken) this.mended = resolve;
      else resolve();
    });
  }

  async backup(): Promise<never> {
    throw new Error('This hub keeps nothing: it has no data folder.');
  }

  async erase(customerIds: readonly string[]): Promise<void> {
    await this.arrivals.cut(customerIds);
    for (const customerId of customerIds) this.disk.past.delete(customerId);
    this.epoch += 1;
  }

  async endedBefore(): Promise<number> {
    return 0;
  }

  async expire(before: number): Promise<void> {
    this.settled = this.settled.filter(({ at }) => at >= before);
    for (const [customerId, each] of this.disk.past) if (lastSeenAt(each) < before) this.disk.past.delete(customerId);
  }

  async putPast(customers: readonly PastCustomer[]): Promise<boolean> {
    if (this.broken) return false;
    for (const each of customers) this.disk.past.set(each.customerId, structuredClone(each));
    return true;
  }

  async findPast(sought: Sought): Promise<PastCustomer | null> {
    const { past } = this.disk;
    if ('customerId' in sought) return structuredClone(past.get(sought.customerId) ?? null);
    return structuredClone([...past.values()].find(({ tokenHash }) => tokenHash === sought.tokenHash) ?? null);
  }

  async auditPage(before: AuditCursor | null, length: number): Promise<AuditPage> {
    const entries = this.settled.filter((entry) => before === null || compareAudit(entry, before) < 0).reverse();
    return { entries: entries.slice(0, length), isLast: entries.length <= length };
  }

  /** Collects the entries that leave the audit log of the hub's state. */
  private noteAudit(line: string): void {
    if (!line.includes('"audit.noted"')) return;
    for (const { of, event } of parseRecord(line).events) if (of === 'hub') this.audit.apply(event);
  }

  /** There is no archive: what leaves the state is gone. */
  async archiveDays(): Promise<ArchiveDayName[]> {
    return [];
  }

  async narrowed(): Promise<ArchiveDayName[]> {
    return [];
  }

  async searchArchive(): Promise<ArchiveFound> {
    return { found: [], bytes: 0 };
  }

  async readArchived(): Promise<null> {
    return null;
  }

  async earlierPage(of: Paged, before: string, withNotes: boolean): Promise<MessagePage<MessageView>> {
    return pageOf(
      this.left(of).filter(({ from }) => withNotes || from.kind !== 'note'),
      before,
    );
  }

  async wordsInPages(of: Paged, words: readonly string[]): Promise<WordsFound> {
    const sought = new SoughtWords(words);
    for (const { text } of this.left(of).reverse()) for (const _looked of sought.inText(text));
    return sought.found;
  }

  async fileInPages(of: Paged, attachmentId: string): Promise<AttachmentView | null> {
    const files = this.left(of).flatMap(({ attachments = [] }) => attachments);
    return files.find((each) => each.attachmentId === attachmentId) ?? null;
  }

  /** Messages that have left the state, found in the records, which are all here instead of pages. */
  private left({ conversationId, heldFrom }: Paged): MessageView[] {
    const lines = [...this.disk.lines, ...this.pending.map(({ line }) => line)];
    const said = lines.flatMap((line) =>
      line.includes(conversationId) ? parseRecord(line).events.map(({ event }) => event) : [],
    );
    const messages = said.flatMap((event) => (event.type === 'message.added' ? [event.message] : []));
    return messages.filter(
      (each) => each.conversationId === conversationId && (heldFrom === null || comesBefore(each.messageId, heldFrom)),
    );
  }

  async close(): Promise<void> {
    this.flush();
  }
}
