import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useState } from 'react';
import { auditPageMax, type AuditPage as Shown } from '../../../../shared/protocol/audit';
import { useServices } from '../../app/services';
import { useIsUp, useSession } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';
import { toCsv } from './csv';
import { useAuditWords } from './use-audit-words';

const none: Shown = { entries: [], isLast: false };
const shownAtOnce = 50;

export function AuditPage() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { saveFile } = useServices();
  const words = useAuditWords();
  const [shown, setShown] = useState<Shown | null>(null);
  const [busy, setBusy] = useState(false);

  const older = useCallback(
    async ({ entries }: Shown, length: number): Promise<Shown | null> => {
      const last = entries.at(-1);
      const before = last ? { at: last.at, auditId: last.auditId } : null;
      const asked = session.ask({ op: 'audit.list', before, length });
      if (!(await act(asked))) return null;
      const answer = await asked;
      const page = (answer.ok ? answer.result : none) as unknown as Shown;
      return { entries: [...entries, ...page.entries], isLast: page.isLast };
    },
    [session, act],
  );
  useEffect(() => {
    let isOpen = true;
    if (up) void older(none, shownAtOnce).then((first) => isOpen && first && setShown(first));
    return () => {
      isOpen = false;
    };
  }, [older, up]);

  const more = async (from: Shown) => {
    setBusy(true);
    const next = await older(from, shownAtOnce);
    if (next) setShown(next);
    setBusy(false);
  };
  const save = async () => {
    setBusy(true);
    let all: Shown | null = (await act(session.send({ op: 'audit.export' }))) ? none : null;
    while (all && !all.isLast) all = await older(all, auditPageMax);
    setBusy(false);
    if (!all) return;
    const head = [t('audit.time'), t('audit.person'), t('audit.device'), t('audit.what'), t('audit.count')];
    const rows = all.entries.map((entry) => [
      new Date(entry.at).toISOString(),
      words.person(entry),
      words.device(entry),
      words.action(entry),
      String(entry.count ?? 1),
      [...words.changes(entry), ...(entry.conversationIds ?? [])].join('\n'),
    ]);
    await saveFile(
      new Blob([toCsv([[...head, t('audit.changes')], ...rows])], { type: 'text/csv' }),
      t('audit.file'),
    ).catch(() => notifications.show({ color: 'red', message: t('audit.notSaved'), autoClose: 9_000 }));
    setShown({ entries: all.entries.slice(0, shownAtOnce), isLast: all.entries.length <= shownAtOnce });
  };

  if (!shown) return <PaneLoading label={t('settings.loading')} />;
  return (
    <div className={classes.wide}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('audit.title')}</h1>
          <p className={classes.lead}>{t('audit.help')}</p>
        </div>
        <Button variant="default" title={t('audit.exportHelp')} loading={busy} disabled={!up} onClick={save}>
          {t('audit.export')}
        </Button>
      </div>
      <div className={classes.card}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('audit.time')}</th>
              <th>{t('audit.person')}</th>
              <th>{t('audit.device')}</th>
              <th>{t('audit.what')}</th>
              <th>{t('audit.changes')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.entries.map((entry) => (
              <tr key={entry.auditId}>
                <td className="tabular">{words.time(entry)}</td>
                <td>{words.person(entry)}</td>
                <td>{words.device(entry)}</td>
                <td>
                  {words.action(entry)}
                  {entry.count === undefined ? null : <div className={classes.help}>{words.count(entry)}</div>}
                </td>
                <td>
                  {words.changes(entry).map((change) => (
                    <div key={change}>{change}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.entries.length === 0 ? <p className={classes.help}>{t('audit.empty')}</p> : null}
      </div>
      {shown.isLast ? null : (
        <Button variant="subtle" mt="sm" loading={busy} disabled={!up} onClick={() => void more(shown)}>
          {t('audit.older')}
        </Button>
      )}
    </div>
  );
}
