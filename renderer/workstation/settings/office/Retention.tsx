import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { retentionDaysRange } from '../../../../shared/protocol/limits';
import { retentionDays, retentionDaysDefault } from '../../../../shared/protocol/retention';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { FieldRow } from '../../ui/FormRow';
import { useText } from '../../ui/text';

/** How long ended conversations and the audit log are kept. */
export function Retention() {
  const days = useOffice((state) => state.office?.retentionDays ?? retentionDaysDefault);
  return <RetentionForm key={days} days={days} />;
}

function RetentionForm({ days }: { days: number }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const [value, setValue] = useState<number | string>(days);
  const { data } = retentionDays.safeParse(value);
  return (
    <FieldRow
      canSave={data !== undefined && data !== days && isUp}
      onSave={() => save(() => session.send({ op: 'office.put', retentionDays: data }), t('agents.saved'))}
    >
      <NumberInput
        flex={1}
        label={t('retention.title')}
        description={t('retention.help')}
        value={value}
        error={data === undefined ? t('retention.bad', retentionDaysRange) : null}
        onChange={setValue}
        suffix={t('retention.suffix')}
        aria-label={t('retention.title')}
      />
    </FieldRow>
  );
}
