import { Select } from '@mantine/core';
import { useTable } from '../../session/session-context';
import { useText } from '../../ui/text';
import { byName } from './agents-order';

/** The list's value for the office: no group has an empty id. */
const noGroup = '';

interface PickerProps {
  groupId: string | null;
  /** Whether the office as a whole can be chosen. */
  withOffice: boolean;
  onPick: (groupId: string | null) => void;
}

/** Chooses the group, or the office, that the settings below are for. */
export function GroupPicker({ groupId, withOffice, onPick }: PickerProps) {
  const t = useText();
  const groups = useTable('groups');
  const each = [...groups.values()].sort(byName).map((group) => ({ value: group.groupId, label: group.name }));
  const office = { value: noGroup, label: t('settings.allGroups') };
  return (
    <Select
      aria-label={t('settings.for')}
      leftSection={t('settings.for')}
      leftSectionWidth={46}
      leftSectionProps={{ style: { fontSize: 13, color: 'var(--dim)' } }}
      w={220}
      style={{ flex: 'none' }}
      allowDeselect={false}
      data={withOffice ? [office, ...each] : each}
      value={groupId ?? office.value}
      onChange={(value) => onPick(value === office.value ? null : value)}
    />
  );
}
