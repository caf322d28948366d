import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Profile } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';
import { JoinWaiting } from './JoinWaiting';
import { ResetPassphrase } from './ResetPassphrase';
import { type SignInProblem, signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

type Kind = 'code' | 'passphrase';

interface SignInProps {
  agentUrl: string;
  mode: Profile['mode'];
  isRestored?: boolean;
}

/** In a browser, and on a desktop whose access was taken away: the hub is known, who this is is not. */
export function SignIn({ agentUrl, mode, isRestored = false }: SignInProps) {
  const t = useText();
  const app = useApp();
  const signIn = useSignIn();
  const { chime, desktop } = useServices();
  // Where the hub runs there may be nobody to make a code.
  const [kind, setKind] = useState<Kind>(mode === 'host' ? 'passphrase' : 'code');
  const [secret, setSecret] = useState('');
  // Asked for once the hub has said that several supervisors have a passphrase.
  const [name, setName] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** From another machine somebody has to let this device in; it can be given up. */
  const [cancel, setCancel] = useState<(() => void) | null>(null);
  const [resetting, setResetting] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  const go = async () => {
    const typed = kind === 'code' ? secret.trim() : secret;
    if (typed === '') {
      return setProblem({
        field: 'secret',
        words: t(kind === 'code' ? 'join.codeMissing' : 'signIn.passphraseMissing'),
      });
    }
    setBusy(true);
    setProblem(null);
    const whose = name?.trim() ? { name: name.trim() } : {};
    const auth = kind === 'code' ? ({ kind, code: typed } as const) : ({ kind, passphrase: typed, ...whose } as const);
    const result = await signIn(agentUrl, auth, (giveUp) => setCancel(() => giveUp));
    setCancel(null);
    if (result.ok) {
      const { deviceId, token } = result;
      return app.enter({ mode, agentUrl, deviceId, token });
    }
    setBusy(false);
    if (result.code === 'nameNeeded') setName('');
    if (result.code !== 'cancelled') setProblem(signInProblem(t, result, kind, true));
  };
  if (cancel) return <JoinWaiting onCancel={cancel} />;
  const mayReset = kind === 'passphrase' && mode === 'host' && desktop !== null;
  if (resetting && desktop)
    return (
      <ResetPassphrase
        desktop={desktop}
        onBack={() => setResetting(false)}
        onReset={(passphrase, whose) => {
          setResetting(false);
          if (whose !== '') setName(whose);
          setSecret(passphrase);
          setProblem(null);
        }}
      />
    );
  const field = {
    value: secret,
    error: problem?.field === 'secret' ? problem.words : null,
    onChange: (event: { currentTarget: { value: string } }) => setSecret(event.currentTarget.value),
    'data-autofocus': true,
  };
  return (
    <Card
      title={t('signIn.title')}
      lead={t(isRestored ? 'signIn.restored' : 'signIn.body')}
      onBack={desktop ? () => app.startOver() : undefined}
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // A click is what lets a browser play sound later on.
          void chime.unlock();
          void go();
        }}
      >
        <SegmentedControl
          aria-label={t('signIn.kind')}
          value={kind}
          onChange={(value) => {
            setKind(value as Kind);
            setSecret('');
            setProblem(null);
          }}
          data={[
            { value: 'code', label: t('signIn.withCode') },
            { value: 'passphrase', label: t('signIn.withPassphrase') },
          ]}
        />
        {kind === 'code' ? (
          <TextInput label={t('join.code')} autoComplete="one-time-code" spellCheck={false} {...field} />
        ) : (
          <PasswordInput label={t('signIn.passphrase')} autoComplete="current-password" {...field} />
        )}
        {kind === 'passphrase' && name !== null ? (
          <TextInput
            label={t('signIn.name')}
            description={t('signIn.nameHelp')}
            autoComplete="username"
            value={name}
            error={problem?.field === 'name' ? problem.words : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        {problem !== null && problem.field !== 'secret' && problem.field !== 'name' ? (
          <p className={classes.problem} role="alert">
            {problem.words}
          </p>
        ) : null}
        <Button type="submit" loading={busy}>
          {t(busy ? 'signIn.going' : 'signIn.go')}
        </Button>
        {mayReset ? (
          <Button variant="subtle" size="xs" onClick={() => setResetting(true)}>
            {t('signIn.forgot')}
          </Button>
        ) : null}
      </form>
    </Card>
  );
}
