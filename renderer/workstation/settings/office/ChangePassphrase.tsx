import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { passphraseWords } from '../../ui/passphrase-words';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';

const empty = { old: '', new: '', again: '' };

/** What signs a supervisor in on the hub's machine, and elsewhere with a colleague's word. */
export function ChangePassphrase() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const hasOne = useOffice((state) => state.passphrase?.own !== 'none');
  const [typed, setTyped] = useState(empty);
  const [busy, setBusy] = useState(false);
  const problem = typed.new === '' ? null : passphraseWords(t, typed.new);
  const differs = typed.again !== '' && typed.again !== typed.new;
  const isFit = (typed.old !== '' || !hasOne) && typed.new !== '' && problem === null && typed.again === typed.new;

  const save = async () => {
    setBusy(true);
    const old = hasOne ? { old: typed.old } : {};
    const change = session.ask({ op: 'passphrase.change', ...old, new: typed.new });
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
          <p className={classes.help}>{t(hasOne ? 'passphrase.help' : 'passphrase.helpNone')}</p>
        </div>
        {hasOne ? field('old', t('passphrase.old')) : null}
        {field('new', t('passphrase.new'), problem)}
        {field('again', t('passphrase.again'), differs ? t('host.passphraseDiffers') : null)}
        <Button type="submit" variant="default" size="xs" loading={busy} disabled={!isFit || !up}>
          {t(hasOne ? 'passphrase.go' : 'passphrase.goFirst')}
        </Button>
      </div>
    </form>
  );
}
