import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useIsUp, useSession } from '../session/session-context';
import { useText } from '../ui/text';
import { useAct } from '../ui/use-act';
import classes from './SettingsPage.module.css';

const lengthMin = 8;
const empty = { old: '', new: '', again: '' };

/** What signs a supervisor in on another device. */
export function ChangePassphrase() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [typed, setTyped] = useState(empty);
  const [busy, setBusy] = useState(false);
  const tooShort = typed.new !== '' && typed.new.length < lengthMin;
  const differs = typed.again !== '' && typed.again !== typed.new;
  const isFit = typed.old !== '' && typed.new.length >= lengthMin && typed.again === typed.new;

  const save = async () => {
    setBusy(true);
    const change = session.ask({ op: 'passphrase.change', old: typed.old, new: typed.new });
    if (await act(change, t('passphrase.changed'))) setTyped(empty);
    setBusy(false);
  };
  const field = (key: keyof typeof empty, label: string, error: string | null = null) => (
    <PasswordInput
      label={label}
      value={typed[key]}
      error={error}
      autoComplete={key === 'old' ? 'current-password' : 'new-password'}
      onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) void save();
      }}
    >
      <div className={`${classes.settingWords} ${classes.lan}`}>
        <div>
          <h2 className={classes.settingTitle}>{t('passphrase.title')}</h2>
          <p className={classes.help}>{t('passphrase.help')}</p>
        </div>
        {field('old', t('passphrase.old'))}
        {field('new', t('passphrase.new'), tooShort ? t('host.passphraseShort', { min: lengthMin }) : null)}
        {field('again', t('passphrase.again'), differs ? t('host.passphraseDiffers') : null)}
        <Button type="submit" variant="default" size="xs" loading={busy} disabled={!isFit || !up}>
          {t('passphrase.go')}
        </Button>
      </div>
    </form>
  );
}
