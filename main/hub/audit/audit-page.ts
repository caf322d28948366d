import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AuditPage } from '../../../shared/protocol/audit';
import type { Log } from '../ports';
import { ack, type Outcome, refused } from '../session/outcome';
import type { AuditLog } from '../state/audit-log';
import type { Store } from '../store/store';

/** A page ends sooner where its entries are long: an office's holidays, before and after. */
const pageLengthMax = 256 * 1024;

/** Newest first. The state has the latest entries, which may still count up, the store all older ones. */
export async function auditPage(
  log: AuditLog,
  store: Pick<Store, 'auditPage'>,
  { before, length }: Extract<AgentCommand, { op: 'audit.list' }>,
  hubLog: Log,
): Promise<Outcome<AuditPage>> {
  const recent = log.page(before, length + 1);
  const isFull = recent.length > length;
  const last = recent.at(-1);
  const from = last ? { at: last.at, auditId: last.auditId } : before;
  try {
    const older = isFull ? { entries: [], isLast: false } : await store.auditPage(from, length - recent.length);
    const entries = [...recent, ...older.entries].slice(0, length);
    return ack(shortened({ entries, isLast: older.isLast }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    hubLog.error('audit.unreadable', { message });
    return refused({ code: 'auditUnreadable', message: `the audit log can’t be read now: ${message}` });
  }
}

function shortened({ entries, isLast }: AuditPage): AuditPage {
  let length = 0;
  const end = entries.findIndex((entry, place) => {
    length += JSON.stringify(entry).length;
    return place > 0 && length > pageLengthMax;
  });
  return end === -1 ? { entries, isLast } : { entries: entries.slice(0, end), isLast: false };
}
