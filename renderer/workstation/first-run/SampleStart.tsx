import { Button } from '@mantine/core';
import { useState } from 'react';
import { useServices } from '../services/services';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { Card } from './Card';
import type { Entered } from './entered';
import classes from './FirstRun.module.css';
import { signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

export function SampleStart({ onBack, onEntered }: { onBack: () => void; onEntered: (entered: Entered) => void }) {
  const t = useText();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const start = async (): Promise<string | null> => {
    if (!desktop) return null;
    const { hosting, code } = await desktop.call('hub.sample');
    if (hosting.state !== 'running' || code === null) {
      const key = hosting.state === 'failed' ? `host.error.${hosting.code}` : '';
      const reason = hasText(key) ? t(key) : hosting.state === 'failed' ? hosting.message : '';
      return t('host.failed', { reason });
    }
    const result = await signIn(hosting.agentUrl, { kind: 'code', code });
    if (!result.ok) return signInProblem(t, result, 'code', true).words;
    const { deviceId, token, agentName } = result;
    onEntered({ profile: { mode: 'sample', agentUrl: hosting.agentUrl, deviceId, token }, agentName });
    return null;
  };

  const go = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setProblem(await start());
    } catch (error) {
      setProblem(t('host.failed', { reason: error instanceof Error ? error.message : String(error) }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t('sample.title')} lead={t('sample.body')} onBack={onBack}>
      {problem === null ? null : (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.actions}>
        <Button loading={busy} onClick={go}>
          {t(busy ? 'sample.starting' : 'sample.go')}
        </Button>
      </div>
    </Card>
  );
}
