import { MultiSelect } from '@mantine/core';
import { tagsMax } from '../../../../shared/protocol/limits';
import { useOffice } from '../../session/session-context';
import { useText } from '../../ui/text';

const none: readonly string[] = [];

interface TagSelectProps {
  tags: readonly string[];
  disabled: boolean;
  onChange: (tags: string[]) => void;
}

/** Chooses from the office's tags, and any that are chosen already. */
export function TagSelect({ tags, disabled, onChange }: TagSelectProps) {
  const t = useText();
  const known = useOffice((state) => state.office?.tags ?? none);
  return (
    <MultiSelect
      size="xs"
      aria-label={t('customer.tags')}
      placeholder={tags.length === 0 ? t('customer.tagsNone') : undefined}
      data={[...new Set([...known, ...tags])]}
      value={[...tags]}
      maxValues={tagsMax}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('customer.tagsNothing')}
      disabled={disabled}
      onChange={onChange}
    />
  );
}
