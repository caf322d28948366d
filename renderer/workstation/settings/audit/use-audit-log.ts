import { useCallback, useEffect, useState } from 'react';
import { type AuditedAction, type AuditPage, auditPageMax } from '../../../../shared/protocol/audit';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';

const nothing: AuditPage = { entries: [], isLast: false };
const shownAtOnce = 50;

/** Absent: any. */
export interface AuditFilter {
  agentId?: string;
  action?: AuditedAction;
}

/** Pages that are read at most to fill one with what the filter leaves. */
const pagesToFillMax = 20;

/** The audit log page by page, the latest entries first; `log` is null until the first page has arrived. */
export function useAuditLog(filter: AuditFilter) {
  const act = useAct();
  const isUp = useIsUp();
  const session = useSession();
  const [log, setLog] = useState<AuditPage | null>(null);
  const [isBusy, setBusy] = useState(false);

  /** The log with one page more, or null when it was refused. */
  const longer = useCallback(
    async ({ entries, next }: AuditPage, length: number, by: AuditFilter = {}): Promise<AuditPage | null> => {
      const last = entries.at(-1);
      const before = next ?? (last ? { at: last.at, auditId: last.auditId } : null);
      const asked = session.ask({ op: 'audit.list', before, length, ...by });
      if (!(await act(asked))) return null;
      const answer = await asked;
      const page = (answer.ok && answer.result) || nothing;
      const on = page.next ? { next: page.next } : {};
      return { entries: [...entries, ...page.entries], isLast: page.isLast, ...on };
    },
    [session, act],
  );
  const filled = useCallback(
    async (before: AuditPage): Promise<AuditPage | null> => {
      const wanted = before.entries.length + shownAtOnce;
      let page: AuditPage | null = before;
      for (let read = 0; page && read < pagesToFillMax; read += 1) {
        page = await longer(page, wanted - page.entries.length, filter);
        if (!page || page.isLast || page.entries.length >= wanted) break;
        // Without a filter a page is short only where its entries are long.
        if (!page.next) break;
      }
      return page;
    },
    [longer, filter],
  );
  useEffect(() => {
    let isOpen = true;
    if (isUp) void filled(nothing).then((first) => isOpen && first && setLog(first));
    return () => {
      isOpen = false;
    };
  }, [filled, isUp]);

  const more = async () => {
    if (!log) return;
    setBusy(true);
    const next = await filled(log);
    if (next) setLog(next);
    setBusy(false);
  };
  /** The whole log, for a file. The hub notes the export in it first. Null if any request was refused. */
  const readAll = async (): Promise<AuditPage['entries'] | null> => {
    setBusy(true);
    let all: AuditPage | null = (await act(session.send({ op: 'audit.export' }))) ? nothing : null;
    while (all && !all.isLast) all = await longer(all, auditPageMax);
    setBusy(false);
    if (!all) return null;
    return all.entries;
  };
  return { log, isUp, isBusy, more, readAll };
}
