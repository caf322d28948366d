import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { HostingRequest } from '../../../shared/desktop-api';
import { passphraseLengthMin } from '../../../shared/passphrase';
import { nameMax } from '../../../shared/protocol/limits';
import type { Text } from '../../../shared/text/workstation-text';
import { passphraseWords } from '../ui/passphrase-words';
import { useText } from '../ui/text';
import { ProblemNote } from './ProblemNote';
import { StepBlock, StepForm, StepPage, StepWords } from './StepPage';
import { useRestore } from './use-restore';

export type HostDetails = HostingRequest;

interface HostFormProps {
  initial: HostDetails | null;
  /** Why starting failed, after coming back from there. */
  problem: string | null;
  onBack: () => void;
  onNext: (details: HostDetails) => void;
}

interface Fields extends HostDetails {
  again: string;
}

export function HostForm({ initial, problem, onBack, onNext }: HostFormProps) {
  const t = useText();
  const [fields, setFields] = useState<Fields>(() => ({
    officeName: initial?.officeName ?? '',
    supervisorName: initial?.supervisorName ?? '',
    passphrase: initial?.passphrase ?? '',
    again: initial?.passphrase ?? '',
  }));
  const [tried, setTried] = useState(false);
  const problems = hostProblems(t, fields);
  const shown = tried ? problems : {};
  const field = (name: keyof Fields) => ({
    value: fields[name],
    error: shown[name] ?? null,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setFields((now) => ({ ...now, [name]: value }));
    },
  });
  return (
    <StepPage title={t('host.title')} lead={t('first.hostHelp')} onBack={onBack}>
      <StepForm
        onSubmit={() => {
          setTried(true);
          if (Object.keys(problems).length > 0) return;
          const { officeName, supervisorName, passphrase } = fields;
          onNext({ officeName: officeName.trim(), supervisorName: supervisorName.trim(), passphrase });
        }}
      >
        <ProblemNote words={problem} />
        <TextInput
          label={t('host.office')}
          description={t('host.officeHelp')}
          {...field('officeName')}
          data-autofocus
        />
        <TextInput label={t('host.name')} description={t('host.nameHelp')} {...field('supervisorName')} />
        <PasswordInput
          label={t('host.passphrase')}
          description={t('host.passphraseHelp', { min: passphraseLengthMin })}
          autoComplete="new-password"
          {...field('passphrase')}
        />
        <PasswordInput label={t('host.passphraseAgain')} autoComplete="new-password" {...field('again')} />
        <Button type="submit">{t('common.next')}</Button>
        <StepWords>{t('first.nothingWritten')}</StepWords>
      </StepForm>
      <RestoreInstead />
    </StepPage>
  );
}

/** The alternative to a new office: restoring a backup. */
function RestoreInstead() {
  const t = useText();
  const { isBusy, problem, pick, asked } = useRestore();
  return (
    <StepBlock title={t('recovery.have')} help={t('recovery.haveHelp')}>
      <ProblemNote words={problem} />
      <Button variant="default" mt="xs" loading={isBusy} onClick={pick}>
        {t('recovery.goRestore')}
      </Button>
      {asked}
    </StepBlock>
  );
}

function hostProblems(t: Text, fields: Fields): Partial<Record<keyof Fields, string>> {
  const problems: Partial<Record<keyof Fields, string>> = {};
  const office = fields.officeName.trim();
  const name = fields.supervisorName.trim();
  if (office === '') problems.officeName = t('host.officeMissing');
  else if (office.length > nameMax) problems.officeName = t('host.tooLong', { max: nameMax });
  if (name === '') problems.supervisorName = t('host.nameMissing');
  else if (name.length > nameMax) problems.supervisorName = t('host.tooLong', { max: nameMax });
  const weak = passphraseWords(t, fields.passphrase);
  if (weak !== null) problems.passphrase = weak;
  if (fields.again !== fields.passphrase) problems.again = t('host.passphraseDiffers');
  return problems;
}
