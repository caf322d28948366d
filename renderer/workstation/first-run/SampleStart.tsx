import { Button } from '@mantine/core';
import { useServices } from '../services/services';
import { hostingText } from '../ui/hosting-text';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import type { Entered } from './entered';
import { ProblemNote } from './ProblemNote';
import { StepActions, StepPage } from './StepPage';
import { signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

export function SampleStart({ onBack, onEntered }: { onBack: () => void; onEntered: (entered: Entered) => void }) {
  const t = useText();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const failed = (reason: string) => t('host.failed', { reason });
  const { isBusy, problem, attempt } = useAttempt(failed);

  const start = async (): Promise<string | null> => {
    if (!desktop) return null;
    const { hosting, code } = await desktop.call('hub.sample');
    if (hosting.state !== 'running' || code === null) return failed(hostingText(t, hosting));
    const result = await signIn(hosting.agentUrl, { kind: 'code', code });
    if (!result.ok) return signInProblem(t, result, 'code', true).words;
    const { deviceId, token, agentName } = result;
    onEntered({ profile: { mode: 'sample', agentUrl: hosting.agentUrl, deviceId, token }, agentName });
    return null;
  };
  return (
    <StepPage title={t('sample.title')} lead={t('sample.body')} onBack={onBack}>
      <ProblemNote words={problem} />
      <StepActions>
        <Button loading={isBusy} onClick={() => attempt(start)}>
          {t(isBusy ? 'sample.starting' : 'sample.go')}
        </Button>
      </StepActions>
    </StepPage>
  );
}
