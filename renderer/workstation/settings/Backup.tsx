import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../shared/client/connection';
import { useApp } from '../app/app-context';
import { useServices } from '../app/services';
import { useIsUp, useSession } from '../session/session-context';
import { useText } from '../ui/text';
import { useAct } from '../ui/use-act';
import classes from './SettingsPage.module.css';

interface Made {
  fileName: string;
  bytes: number;
}

/** One file of everything the office knows, made while everybody goes on working. */
export function Backup() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { desktop } = useServices();
  const phase = useApp().store.getState();
  const isHost = phase.phase === 'work' && phase.profile.mode === 'host';
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Made | null>(null);

  const make = async () => {
    setBusy(true);
    const answer = session.ask({ op: 'office.backup' });
    if (await act(answer)) setMade(madeIn(await answer));
    setBusy(false);
  };
  return (
    <div className={classes.setting}>
      <div className={classes.settingWords}>
        <h2 className={classes.settingTitle}>{t('backup.title')}</h2>
        <p className={classes.help}>{t('backup.help')}</p>
        <Group gap="sm" mt="xs">
          <Button variant="default" size="xs" loading={busy} disabled={!up} onClick={make}>
            {t('backup.go')}
          </Button>
          {isHost ? (
            <Button variant="subtle" size="xs" onClick={() => void desktop?.call('hub.showFolder')}>
              {t('backup.show')}
            </Button>
          ) : null}
        </Group>
        {made && !busy ? (
          <Text size="sm" mt="xs" role="status">
            {t('backup.made', { file: made.fileName, size: sizeText(made.bytes) })}
          </Text>
        ) : null}
      </div>
    </div>
  );
}

function madeIn(answer: Answer): Made | null {
  const { fileName, bytes } = (answer.ok ? answer.result : {}) as Partial<Made>;
  return fileName === undefined || bytes === undefined ? null : { fileName, bytes };
}

function sizeText(bytes: number): string {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toFixed(1)} ${unit}`;
}
