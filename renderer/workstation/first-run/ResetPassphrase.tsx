import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DesktopApi, ResetOutcome } from '../../../shared/desktop-api';
import { isFitPassphrase, NewPassphrase, noPassphrase } from '../ui/NewPassphrase';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import { ProblemNote } from './ProblemNote';
import { StepForm, StepPage } from './StepPage';

interface ResetPassphraseProps {
  desktop: DesktopApi;
  onBack: () => void;
  onReset: (passphrase: string, name: string) => void;
}

/** For a lost passphrase, where the hub runs in this very app. */
export function ResetPassphrase({ desktop, onBack, onReset }: ResetPassphraseProps) {
  const t = useText();
  const [typed, setTyped] = useState(noPassphrase);
  const [typedName, setTypedName] = useState('');
  const [asksName, setAsksName] = useState(false);
  const { isBusy, problem, attempt } = useAttempt<Exclude<ResetOutcome, 'reset'>>(() => 'notHere');
  const name = typedName.trim();
  const isFit = isFitPassphrase(typed) && (!asksName || name !== '');

  const reset = async () => {
    const { passphrase } = typed;
    const failed = await attempt(async () => {
      const outcome = await desktop.call('hub.resetPassphrase', passphrase, asksName ? name : null);
      return outcome === 'reset' ? null : outcome;
    });
    if (failed === null) onReset(passphrase, name);
    else if (failed === 'nameNeeded') setAsksName(true);
  };
  return (
    <StepPage title={t('signIn.forgot')} lead={t('signIn.resetHelp')} onBack={onBack}>
      <StepForm
        onSubmit={() => {
          if (isFit) void reset();
        }}
      >
        <NewPassphrase
          label={t('passphrase.new')}
          againLabel={t('passphrase.again')}
          typed={typed}
          hasAutofocus
          onType={setTyped}
        />
        {asksName ? (
          <TextInput
            label={t('signIn.resetWhose')}
            description={t('signIn.nameHelp')}
            value={typedName}
            error={problem === 'unknownAgent' ? t('signIn.resetUnknown') : null}
            data-autofocus
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        ) : null}
        <ProblemNote words={problem === 'notHere' ? t('signIn.resetFailed') : null} />
        <Button type="submit" loading={isBusy} disabled={!isFit}>
          {t('signIn.reset')}
        </Button>
      </StepForm>
    </StepPage>
  );
}
