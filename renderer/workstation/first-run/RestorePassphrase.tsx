import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { HostingState } from '../../../shared/desktop-api';
import { useText } from '../ui/text';
import { useAttempt } from './attempt';
import classes from './FirstRun.module.css';

/** Picks a backup and starts with it; one that was made with a passphrase waits until that is typed. */
export function useRestore() {
  const { busy, attempt, problem } = useAttempt({ isRestore: true });
  const [asks, setAsks] = useState(false);
  const [isWrong, setIsWrong] = useState(false);
  const pick = () => {
    setAsks(false);
    setIsWrong(false);
    return attempt(async (call) => {
      const hub = await call('hub.restore');
      setAsks(isOtherPassphrase(hub));
      return isOtherPassphrase(hub) ? null : hub;
    });
  };
  const open = (passphrase: string) => {
    setIsWrong(false);
    return attempt(async (call) => {
      const hub = await call('hub.restorePicked', passphrase);
      setIsWrong(isOtherPassphrase(hub));
      return isOtherPassphrase(hub) ? null : hub;
    });
  };
  const asked = asks ? <RestorePassphrase busy={busy} isWrong={isWrong} onOpen={open} /> : null;
  return { busy, problem, pick, asked };
}

function isOtherPassphrase(hub: HostingState | null): boolean {
  return hub?.state === 'failed' && hub.code === 'wrongPassphrase';
}

interface RestorePassphraseProps {
  busy: boolean;
  isWrong: boolean;
  onOpen: (passphrase: string) => void;
}

function RestorePassphrase({ busy, isWrong, onOpen }: RestorePassphraseProps) {
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
        error={isWrong ? t('recovery.wrongPassphrase') : null}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={typed === ''}>
        {t('recovery.openBackup')}
      </Button>
    </form>
  );
}
