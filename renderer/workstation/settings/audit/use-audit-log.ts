import { useCallback, useEffect, useState } from 'react';
import { type AuditPage, auditPageMax } from '../../../../shared/protocol/audit';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';

const nothing: AuditPage = { entries: [], isLast: false };
const shownAtOnce = 50;

/** The audit log page by page, the latest entries first; `log` is null until the first page has arrived. */
export function useAuditLog() {
  const act = useAct();
  const isUp = useIsUp();
  const session = useSession();
  const [log, setLog] = useState<AuditPage | null>(null);
  const [isBusy, setBusy] = useState(false);

  /** The log with one page more, or null when it was refused. */
  const longer = useCallback(
    async ({ entries }: AuditPage, length: number): Promise<AuditPage | null> => {
      const last = entries.at(-1);
      const before = last ? { at: last.at, auditId: last.auditId } : null;
      const asked = session.ask({ op: 'audit.list', before, length });
      if (!(await act(asked))) return null;
      const answer = await asked;
      const page = (answer.ok && answer.result) || nothing;
      return { entries: [...entries, ...page.entries], isLast: page.isLast };
    },
    [session, act],
  );
  useEffect(() => {
    let isOpen = true;
    if (isUp) void longer(nothing, shownAtOnce).then((first) => isOpen && first && setLog(first));
    return () => {
      isOpen = false;
    };
  }, [longer, isUp]);

  const more = async () => {
    if (!log) return;
    setBusy(true);
    const next = await longer(log, shownAtOnce);
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
    setLog({ entries: all.entries.slice(0, shownAtOnce), isLast: all.entries.length <= shownAtOnce });
    return all.entries;
  };
  return { log, isUp, isBusy, more, readAll };
}
