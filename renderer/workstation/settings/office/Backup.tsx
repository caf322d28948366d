import { Button, Group, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../../shared/client/answer';
import { useApp } from '../../app/app-context';
import { useServices } from '../../app/services';
import { useIsUp, useSession } from '../../session/session-context';
import { passphraseWords } from '../../ui/passphrase-words';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';

interface Made {
  fileName: string;
  bytes: number;
}

type Way = 'sealed' | 'plain';

const empty = { passphrase: '', again: '' };

/** One file of everything the office knows, made while everybody goes on working. */
export function Backup() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { desktop } = useServices();
  const phase = useApp().store.getState();
  const isHost = phase.phase === 'work' && phase.profile.mode === 'host';
  const [way, setWay] = useState<Way>('sealed');
  const [typed, setTyped] = useState(empty);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const isFit = way === 'plain' || (passphraseWords(t, typed.passphrase) === null && typed.again === typed.passphrase);

  const make = async () => {
    setBusy(true);
    const answer = session.ask({ op: 'office.backup', passphrase: way === 'plain' ? null : typed.passphrase });
    if (await act(answer)) {
      setMade(madeIn(await answer));
      setTyped(empty);
    }
    setBusy(false);
  };
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) void make();
      }}
    >
      <div className={`${classes.settingWords} ${classes.lan}`}>
        <div>
          <h2 className={classes.settingTitle}>{t('backup.title')}</h2>
          <p className={classes.help}>{t('backup.help')}</p>
        </div>
        <Radio.Group value={way} onChange={(value) => setWay(value as Way)} aria-label={t('backup.title')}>
          <Stack gap="xs">
            <Radio value="sealed" label={t('backup.sealed')} description={t('backup.sealedHelp')} />
            <Radio value="plain" label={t('backup.plain')} description={t('backup.plainHelp')} />
          </Stack>
        </Radio.Group>
        {way === 'sealed' ? <Passphrase typed={typed} onType={setTyped} /> : null}
        <Group gap="sm">
          <Button type="submit" variant="default" size="xs" loading={busy} disabled={!up || !isFit}>
            {t('backup.go')}
          </Button>
          {isHost ? (
            <Button variant="subtle" size="xs" onClick={() => void desktop?.call('hub.showFolder')}>
              {t('backup.show')}
            </Button>
          ) : null}
        </Group>
        {made && !busy ? (
          <Text size="sm" role="status">
            {t('backup.made', { file: made.fileName, size: sizeText(made.bytes) })}
          </Text>
        ) : null}
      </div>
    </form>
  );
}

function Passphrase({ typed, onType }: { typed: typeof empty; onType: (typed: typeof empty) => void }) {
  const t = useText();
  const { passphrase, again } = typed;
  const differs = again !== '' && again !== passphrase;
  return (
    <>
      <PasswordInput
        label={t('backup.passphrase')}
        autoComplete="new-password"
        value={passphrase}
        error={passphrase === '' ? null : passphraseWords(t, passphrase)}
        onChange={(event) => onType({ ...typed, passphrase: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('backup.again')}
        autoComplete="new-password"
        value={again}
        error={differs ? t('host.passphraseDiffers') : null}
        onChange={(event) => onType({ ...typed, again: event.currentTarget.value })}
      />
    </>
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
