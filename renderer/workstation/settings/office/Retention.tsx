import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { retentionDaysRange } from '../../../../shared/protocol/limits';
import { retentionDays, retentionDaysDefault } from '../../../../shared/protocol/retention';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';

/** How long ended conversations and the audit log are kept. */
export function Retention() {
  const days = useOffice((state) => state.office?.retentionDays ?? retentionDaysDefault);
  return <RetentionForm key={days} days={days} />;
}

function RetentionForm({ days }: { days: number }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [value, setValue] = useState<number | string>(days);
  const { data } = retentionDays.safeParse(value);
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        if (data !== undefined) void act(session.send({ op: 'office.put', retentionDays: data }), t('agents.saved'));
      }}
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
      <Button type="submit" variant="default" mt={44} disabled={data === undefined || data === days || !up}>
        {t('common.save')}
      </Button>
    </form>
  );
}
