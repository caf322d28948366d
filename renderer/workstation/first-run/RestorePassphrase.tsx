import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../ui/text';
import { useAttempt } from './attempt';
import classes from './FirstRun.module.css';

/** Picks a backup and starts with it; one that was made with a passphrase waits until that is typed. */
export function useRestore() {
  const { busy, attempt, problem } = useAttempt();
  const [asks, setAsks] = useState(false);
  const pick = () => {
    setAsks(false);
    return attempt(async (call) => {
      const hub = await call('hub.restore');
      const needsPassphrase = hub?.state === 'failed' && hub.code === 'wrongPassphrase';
      setAsks(needsPassphrase);
      return needsPassphrase ? null : hub;
    });
  };
  const open = (passphrase: string) => attempt((call) => call('hub.restorePicked', passphrase));
  return { busy, problem, pick, asked: asks ? <RestorePassphrase busy={busy} onOpen={open} /> : null };
}

function RestorePassphrase({ busy, onOpen }: { busy: boolean; onOpen: (passphrase: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // It comes below what was there, and nothing can be done before it is filled in.
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') onOpen(typed);
      }}
    >
      <PasswordInput
        ref={field}
        label={t('recovery.passphrase')}
        description={t('recovery.passphraseHelp')}
        value={typed}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={typed === ''}>
        {t('recovery.openBackup')}
      </Button>
    </form>
  );
}
