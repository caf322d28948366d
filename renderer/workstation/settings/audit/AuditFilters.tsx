import { Group, NativeSelect } from '@mantine/core';
import { auditedAction } from '../../../../shared/protocol/audit';
import { useTable } from '../../session/session-context';
import { useText } from '../../ui/text';
import type { AuditFilter } from './use-audit-log';

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Which entries of the audit log are shown. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const t = useText();
  const agents = [...useTable('agents').values()].sort((a, b) => a.name.localeCompare(b.name));
  const actions = auditedAction.options
    .map((value) => ({ value, label: t(`audit.action.${value}`, { subject: '…', count: 0 }) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Group gap="xs" mb="sm">
      <NativeSelect
        size="xs"
        w={220}
        aria-label={t('audit.person')}
        value={filter.agentId ?? ''}
        data={[
          { value: '', label: t('audit.anyPerson') },
          ...agents.map(({ agentId, name }) => ({ value: agentId, label: name })),
        ]}
        onChange={({ currentTarget: { value: agentId } }) => {
          const { agentId: _, ...rest } = filter;
          onChange(agentId === '' ? rest : { ...rest, agentId });
        }}
      />
      <NativeSelect
        size="xs"
        w={220}
        aria-label={t('audit.what')}
        value={filter.action ?? ''}
        data={[{ value: '', label: t('audit.anyAction') }, ...actions]}
        onChange={({ currentTarget: { value } }) => {
          const { action: _, ...rest } = filter;
          const action = auditedAction.options.find((each) => each === value);
          onChange(action === undefined ? rest : { ...rest, action });
        }}
      />
    </Group>
  );
}
