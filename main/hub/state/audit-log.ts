import type { AuditEntry } from '../../../shared/protocol/audit';
import type { HubEvent } from './records';

/** Years of a small office; older ones are in its backups. */
const entriesMax = 10_000;

/** Who did what; every entry is part of the record of what it tells of. */
export class AuditLog {
  /** Oldest first. */
  private readonly entries: AuditEntry[] = [];

  save(): AuditEntry[] {
    return [...this.entries];
  }

  /** The inverse of `save`, into an empty log. */
  load(saved: readonly AuditEntry[]): void {
    for (const entry of saved) this.entries.push(entry);
  }

  apply(event: HubEvent): void {
    if (event.type !== 'audit.noted') return;
    this.entries.push(event.entry);
    if (this.entries.length > entriesMax) this.entries.shift();
  }

  expire(before: number): void {
    const kept = this.entries.findIndex(({ at }) => at >= before);
    this.entries.splice(0, kept === -1 ? this.entries.length : kept);
  }

  has(action: AuditEntry['action'], subject: string): boolean {
    return this.entries.some((each) => each.action === action && each.subject === subject);
  }

  get lastId(): string {
    return this.entries.at(-1)?.auditId ?? '';
  }

  /** Newest first, those before the entry `before` or the newest; `isLast` when nothing older is kept. */
  page(before: string | null, length: number): { entries: AuditEntry[]; isLast: boolean } {
    const found = before === null ? this.entries.length : this.entries.findIndex(({ auditId }) => auditId === before);
    // What it was to follow on is not kept any more: nor is anything older.
    const end = Math.max(0, found);
    const start = Math.max(0, end - length);
    return { entries: this.entries.slice(start, end).reverse(), isLast: start === 0 };
  }
}
