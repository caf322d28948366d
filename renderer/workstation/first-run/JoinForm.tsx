import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { readAddress } from '../session/line-url';
import { useText } from '../ui/text';
import { Card } from './Card';
import type { Entered } from './FirstRun';
import classes from './FirstRun.module.css';
import { type SignInProblem, signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

export function JoinForm({ onBack, onEntered }: { onBack: () => void; onEntered: (entered: Entered) => void }) {
  const t = useText();
  const signIn = useSignIn();
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  const connect = async () => {
    const agentUrl = readAddress(address);
    if (agentUrl === null) {
      return setProblem({
        field: 'address',
        words: t(address.trim() === '' ? 'join.addressMissing' : 'join.addressBad'),
      });
    }
    if (code.trim() === '') return setProblem({ field: 'secret', words: t('join.codeMissing') });
    setProblem(null);
    setBusy(true);
    const result = await signIn(agentUrl, { kind: 'code', code: code.trim() });
    setBusy(false);
    if (!result.ok) return setProblem(signInProblem(t, result, 'code', false));
    const { deviceId, token, agentName } = result;
    onEntered({ profile: { mode: 'join', agentUrl, deviceId, token }, agentName });
  };
  return (
    <Card title={t('join.title')} onBack={onBack} foot={t('first.nothingWritten')}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void connect();
        }}
      >
        <TextInput
          label={t('join.address')}
          description={t('join.addressHelp')}
          value={address}
          error={problem?.field === 'address' ? problem.words : null}
          onChange={(event) => setAddress(event.currentTarget.value)}
          data-autofocus
          spellCheck={false}
        />
        <TextInput
          label={t('join.code')}
          description={t('join.codeHelp')}
          value={code}
          error={problem?.field === 'secret' ? problem.words : null}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          spellCheck={false}
        />
        {problem?.field === 'form' ? (
          <p className={classes.problem} role="alert">
            {problem.words}
          </p>
        ) : null}
        <Button type="submit" loading={busy}>
          {t(busy ? 'join.connecting' : 'join.go')}
        </Button>
      </form>
    </Card>
  );
}
