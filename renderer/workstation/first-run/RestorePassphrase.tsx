import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../ui/text';
import { StepForm } from './StepPage';

interface RestorePassphraseProps {
  isBusy: boolean;
  isWrong: boolean;
  onOpen: (passphrase: string) => void;
}

export function RestorePassphrase({ isBusy, isWrong, onOpen }: RestorePassphraseProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // It appears below the rest of the page, and nothing else can be done first.
  useEffect(() => field.current?.focus(), []);
  return (
    <StepForm
      onSubmit={() => {
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
      <Button type="submit" loading={isBusy} disabled={typed === ''}>
        {t('recovery.openBackup')}
      </Button>
    </StepForm>
  );
}
