import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { type AuditCursor, type AuditEntry, type AuditPage, auditPageMax } from '../../../shared/protocol/audit';
import type { Log } from '../ports';
import { ack, type Outcome, refused } from '../session/outcome';
import type { AuditLog } from '../state/audit-log';
import type { Store } from '../store/store';

/** A page ends sooner where its entries are long: an office's holidays, before and after. */
const pageLengthMax = 256 * 1024;

type ListCommand = Extract<AgentCommand, { op: 'audit.list' }>;
type PageOf = (before: AuditCursor | null, length: number) => Promise<AuditPage>;

/** Entries that one request with a filter looks at, at most. */
const lookedMax = 5_000;

/** Newest first. The state has the latest entries, which may still count up, the store all older ones. */
export async function auditPage(
  log: AuditLog,
  store: Pick<Store, 'auditPage'>,
  command: ListCommand,
  hubLog: Log,
): Promise<Outcome<AuditPage>> {
  const pageOf: PageOf = async (before, length) => {
    const recent = log.page(before, length + 1);
    const last = recent.at(-1);
    const from = last ? cursorAt(last) : before;
    const older =
      recent.length > length ? { entries: [], isLast: false } : await store.auditPage(from, length - recent.length);
    return { entries: [...recent, ...older.entries].slice(0, length), isLast: older.isLast };
  };
  try {
    const { before, length, agentId, action } = command;
    const isFiltered = agentId !== undefined || action !== undefined;
    return ack(isFiltered ? await filtered(command, pageOf) : shortened(await pageOf(before, length)));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    hubLog.error('audit.unreadable', { message });
    return refused({ code: 'auditUnreadable', message: `the audit log can’t be read now: ${message}` });
  }
}

async function filtered({ before, length, agentId, action }: ListCommand, pageOf: PageOf): Promise<AuditPage> {
  const entries: AuditEntry[] = [];
  let next = before;
  let bytes = 0;
  for (let looked = 0; looked < lookedMax; ) {
    const page = await pageOf(next, auditPageMax);
    looked += auditPageMax;
    for (const entry of page.entries) {
      next = cursorAt(entry);
      const isBy = agentId === undefined || (entry.by.kind === 'agent' && entry.by.agentId === agentId);
      if (!isBy || (action !== undefined && entry.action !== action)) continue;
      entries.push(entry);
      bytes += JSON.stringify(entry).length;
      if (entries.length === length || bytes > pageLengthMax) return { entries, isLast: false, next };
    }
    if (page.isLast) return { entries, isLast: true };
  }
  return { entries, isLast: false, ...(next ? { next } : {}) };
}

function cursorAt({ at, auditId }: AuditEntry): AuditCursor {
  return { at, auditId };
}

function shortened({ entries, isLast }: AuditPage): AuditPage {
  let length = 0;
  const end = entries.findIndex((entry, place) => {
    length += JSON.stringify(entry).length;
    return place > 0 && length > pageLengthMax;
  });
  return end === -1 ? { entries, isLast } : { entries: entries.slice(0, end), isLast: false };
}
