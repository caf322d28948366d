import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { AuditEntry } from '../../../../shared/protocol/audit';
import { useServices } from '../../services/services';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { RowHelp } from '../../ui/FormRow';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { AuditFilters } from './AuditFilters';
import { toCsv } from './csv';
import { type AuditFilter, useAuditLog } from './use-audit-log';
import { useAuditWords } from './use-audit-words';

export function AuditPage() {
  const t = useText();
  const { saveFile } = useServices();
  const [filter, setFilter] = useState<AuditFilter>({});
  const { log, isUp, isBusy, more, readAll } = useAuditLog(filter);
  const csv = useCsv();
  const words = useAuditWords();
  const save = async () => {
    const entries = await readAll();
    if (!entries) return;
    await saveFile(new Blob([csv(entries)], { type: 'text/csv' }), t('audit.file')).catch(() =>
      notifications.show({ color: 'red', message: t('audit.notSaved'), autoClose: 9_000 }),
    );
  };
  if (!log) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page
      title={t('audit.title')}
      lead={t('audit.help')}
      action={
        <Button variant="default" title={t('audit.exportHelp')} loading={isBusy} disabled={!isUp} onClick={save}>
          {t('audit.export')}
        </Button>
      }
      isWide
    >
      <AuditFilters filter={filter} onChange={setFilter} />
      <Card>
        <DataTable
          columns={[
            { title: t('audit.time') },
            { title: t('audit.person') },
            { title: t('audit.device') },
            { title: t('audit.what') },
            { title: t('audit.changes') },
          ]}
        >
          {log.entries.map((entry) => (
            <tr key={entry.auditId}>
              <td className="tabular">{words.time(entry)}</td>
              <td>{words.person(entry)}</td>
              <td>{words.device(entry)}</td>
              <td>
                {words.action(entry)}
                {entry.count === undefined ? null : <RowHelp>{words.count(entry)}</RowHelp>}
              </td>
              <td>
                {words.changes(entry).map((change) => (
                  <div key={change}>{change}</div>
                ))}
              </td>
            </tr>
          ))}
        </DataTable>
        {log.entries.length === 0 ? (
          <RowHelp>{t(Object.keys(filter).length > 0 ? 'audit.noneFound' : 'audit.empty')}</RowHelp>
        ) : null}
      </Card>
      {log.isLast ? null : (
        <Button variant="subtle" mt="sm" loading={isBusy} disabled={!isUp} onClick={more}>
          {t('audit.older')}
        </Button>
      )}
    </Page>
  );
}

function useCsv(): (entries: readonly AuditEntry[]) => string {
  const t = useText();
  const words = useAuditWords();
  const head = [
    t('audit.time'),
    t('audit.person'),
    t('audit.device'),
    t('audit.what'),
    t('audit.count'),
    t('audit.changes'),
  ];
  return (entries) => {
    const rows = entries.map((entry) => [
      new Date(entry.at).toISOString(),
      words.person(entry),
      words.device(entry),
      words.action(entry),
      String(entry.count ?? 1),
      [...words.changes(entry), ...(entry.conversationIds ?? [])].join('\n'),
    ]);
    return toCsv([head, ...rows]);
  };
}
