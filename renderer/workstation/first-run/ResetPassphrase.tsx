import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { DesktopApi } from '../../../shared/desktop-api';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';

const lengthMin = 8;

interface ResetPassphraseProps {
  desktop: DesktopApi;
  onBack: () => void;
  onReset: (passphrase: string) => void;
}

/** For a lost passphrase, where the hub runs in this very app. */
export function ResetPassphrase({ desktop, onBack, onReset }: ResetPassphraseProps) {
  const t = useText();
  const [typed, setTyped] = useState({ passphrase: '', again: '' });
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const { passphrase, again } = typed;
  const isFit = passphrase.length >= lengthMin && again === passphrase;

  const reset = async () => {
    setBusy(true);
    setFailed(false);
    const outcome = await desktop.call('hub.resetPassphrase', passphrase).catch(() => 'notHere');
    setBusy(false);
    if (outcome === 'reset') onReset(passphrase);
    else setFailed(outcome === 'notHere');
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
          error={
            passphrase !== '' && passphrase.length < lengthMin ? t('host.passphraseShort', { min: lengthMin }) : null
          }
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
        {failed ? (
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
