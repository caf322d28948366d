import { Button } from '@mantine/core';
import type { Profile } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { hostingText } from '../ui/hosting-text';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import type { HostDetails } from './HostForm';
import { StepActions, StepPage } from './StepPage';
import { signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

interface HostStartProps {
  details: HostDetails;
  onFailed: (problem: string) => void;
}

/** The last step of setting up: starts the hub and signs its supervisor in. */
export function HostStart({ details, onFailed }: HostStartProps) {
  const t = useText();
  const app = useApp();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const failed = (reason: string) => t('host.failed', { reason });
  const { isBusy, attempt } = useAttempt(failed);

  const start = async (): Promise<string | null> => {
    if (!desktop) return null;
    const hub = await desktop.call('hub.host', details);
    if (hub.state !== 'running') return failed(hostingText(t, hub));
    const result = await signIn(hub.agentUrl, { kind: 'passphrase', passphrase: details.passphrase });
    if (!result.ok) return signInProblem(t, result, 'passphrase', true).words;
    const { deviceId, token } = result;
    const profile: Profile = { mode: 'host', agentUrl: hub.agentUrl, deviceId, token };
    await app.enter(profile, { customerUrl: hub.customerUrl, lanAddress: hub.lan?.addresses[0] ?? null });
    return null;
  };
  const go = async () => {
    const problem = await attempt(start);
    if (problem !== null) onFailed(problem);
  };
  return (
    <StepPage title={t('host.title')} lead={t('finish.body')}>
      <StepActions>
        <Button loading={isBusy} onClick={go}>
          {t(isBusy ? 'host.starting' : 'host.go')}
        </Button>
      </StepActions>
    </StepPage>
  );
}
