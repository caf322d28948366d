import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DesktopApi, ResetOutcome } from '../../../shared/desktop-api';
import { passphraseWords } from '../ui/passphrase-words';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';

interface ResetPassphraseProps {
  desktop: DesktopApi;
  onBack: () => void;
  onReset: (passphrase: string, name: string) => void;
}

/** For a lost passphrase, where the hub runs in this very app. */
export function ResetPassphrase({ desktop, onBack, onReset }: ResetPassphraseProps) {
  const t = useText();
  const [typed, setTyped] = useState({ passphrase: '', again: '', name: '' });
  const [asksName, setAsksName] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ResetOutcome | null>(null);
  const { passphrase, again } = typed;
  const name = typed.name.trim();
  const weak = passphrase === '' ? null : passphraseWords(t, passphrase);
  const isFit = passphrase !== '' && weak === null && again === passphrase && (!asksName || name !== '');

  const reset = async () => {
    setBusy(true);
    setOutcome(null);
    const said = await desktop
      .call('hub.resetPassphrase', passphrase, asksName ? name : null)
      .catch((): ResetOutcome => 'notHere');
    setBusy(false);
    if (said === 'reset') return onReset(passphrase, name);
    setOutcome(said);
    if (said === 'nameNeeded') setAsksName(true);
  };
  return (
    <Card title={t('signIn.forgot')} lead={t('signIn.resetHelp')} onBack={onBack}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isFit) void reset();
        }}
      >
        <PasswordInput
          label={t('passphrase.new')}
          value={passphrase}
          error={weak}
          autoComplete="new-password"
          data-autofocus
          onChange={(event) => setTyped({ ...typed, passphrase: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('passphrase.again')}
          value={again}
          error={again !== '' && again !== passphrase ? t('host.passphraseDiffers') : null}
          autoComplete="new-password"
          onChange={(event) => setTyped({ ...typed, again: event.currentTarget.value })}
        />
        {asksName ? (
          <TextInput
            label={t('signIn.resetWhose')}
            description={t('signIn.nameHelp')}
            value={typed.name}
            error={outcome === 'unknownAgent' ? t('signIn.resetUnknown') : null}
            data-autofocus
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
        ) : null}
        {outcome === 'notHere' ? (
          <p className={classes.problem} role="alert">
            {t('signIn.resetFailed')}
          </p>
        ) : null}
        <Button type="submit" loading={busy} disabled={!isFit}>
          {t('signIn.reset')}
        </Button>
      </form>
    </Card>
  );
}
