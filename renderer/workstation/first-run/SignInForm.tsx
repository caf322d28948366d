import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { ProblemNote } from './ProblemNote';
import { StepForm, StepPage } from './StepPage';
import type { SecretKind, SignInDraft } from './use-sign-in-draft';

interface SignInFormProps {
  signIn: SignInDraft;
  isRestored: boolean;
  /** Opens the reset of a lost passphrase; null: not possible here. */
  onForgot: (() => void) | null;
}

export function SignInForm({ signIn, isRestored, onForgot }: SignInFormProps) {
  const t = useText();
  const app = useApp();
  const { chime, desktop } = useServices();
  const { isBusy, problem } = signIn;
  const isAtField = problem?.field === 'secret' || problem?.field === 'name';
  return (
    <StepPage
      title={t('signIn.title')}
      lead={t(isRestored ? 'signIn.restored' : 'signIn.body')}
      onBack={desktop ? () => app.startOver() : undefined}
    >
      <StepForm
        onSubmit={() => {
          // Browsers allow sound only after a click.
          void chime.unlock();
          signIn.submit();
        }}
      >
        <SegmentedControl
          aria-label={t('signIn.kind')}
          value={signIn.kind}
          onChange={(kind) => signIn.setKind(kind as SecretKind)}
          data={[
            { value: 'code', label: t('signIn.withCode') },
            { value: 'passphrase', label: t('signIn.withPassphrase') },
          ]}
        />
        <SecretFields signIn={signIn} />
        <ProblemNote words={problem && !isAtField ? problem.words : null} />
        <Button type="submit" loading={isBusy}>
          {t(isBusy ? 'signIn.going' : 'signIn.go')}
        </Button>
        {onForgot ? (
          <Button variant="subtle" size="xs" onClick={onForgot}>
            {t('signIn.forgot')}
          </Button>
        ) : null}
      </StepForm>
    </StepPage>
  );
}

function SecretFields({ signIn: { kind, secret, name, problem, setSecret, setName } }: { signIn: SignInDraft }) {
  const t = useText();
  const field = {
    value: secret,
    error: problem?.field === 'secret' ? problem.words : null,
    onChange: (event: { currentTarget: { value: string } }) => setSecret(event.currentTarget.value),
    'data-autofocus': true,
  };
  if (kind === 'code')
    return <TextInput label={t('join.code')} autoComplete="one-time-code" spellCheck={false} {...field} />;
  return (
    <>
      <PasswordInput label={t('signIn.passphrase')} autoComplete="current-password" {...field} />
      {name === null ? null : (
        <TextInput
          label={t('signIn.name')}
          description={t('signIn.nameHelp')}
          autoComplete="username"
          value={name}
          error={problem?.field === 'name' ? problem.words : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </>
  );
}
