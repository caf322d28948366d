import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Profile } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { hostingText } from '../ui/hosting-text';
import { LinkBox } from '../ui/LinkBox';
import { Qr } from '../ui/Qr';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import type { HostDetails } from './HostForm';
import classes from './HostStart.module.css';
import { StepActions, StepBlock, StepPage } from './StepPage';
import { signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

interface HostStartProps {
  details: HostDetails;
  onFailed: (problem: string) => void;
}

interface Running {
  profile: Profile;
  customerUrl: string;
  /** `host:port`; null where other machines don't reach it. */
  lanAddress: string | null;
}

/** The last step of setting up: starts the hub, signs its supervisor in, and shows its addresses. */
export function HostStart({ details, onFailed }: HostStartProps) {
  const t = useText();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const failed = (reason: string) => t('host.failed', { reason });
  const { isBusy, attempt } = useAttempt(failed);
  const [running, setRunning] = useState<Running | null>(null);

  const start = async (): Promise<string | null> => {
    if (!desktop) return null;
    const hub = await desktop.call('hub.host', details);
    if (hub.state !== 'running') return failed(hostingText(t, hub));
    const result = await signIn(hub.agentUrl, { kind: 'passphrase', passphrase: details.passphrase });
    if (!result.ok) return signInProblem(t, result, 'passphrase', true).words;
    const { deviceId, token } = result;
    const profile: Profile = { mode: 'host', agentUrl: hub.agentUrl, deviceId, token };
    await desktop.call('profile.write', profile);
    setRunning({ profile, customerUrl: hub.customerUrl, lanAddress: hub.lan?.addresses[0] ?? null });
    return null;
  };
  const go = async () => {
    const problem = await attempt(start);
    if (problem !== null) onFailed(problem);
  };
  if (running) return <Ready {...running} />;
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

function Ready({ profile, customerUrl, lanAddress }: Running) {
  const t = useText();
  const app = useApp();
  return (
    <StepPage title={t('host.ready')} lead={t('host.readyHelp')}>
      <StepBlock title={t('host.agentsJoin')} help={t('host.agentsJoinHelp')}>
        <LinkBox label={t('office.hubAddress')} value={lanAddress ?? profile.agentUrl} />
      </StepBlock>
      <StepBlock title={t('host.customersWrite')} help={t('host.customersWriteHelp')}>
        <div className={classes.link}>
          <Qr value={customerUrl} label={t('host.customersQr')} sizePx={104} />
          <LinkBox label={t('office.customerLink')} value={customerUrl} />
        </div>
      </StepBlock>
      <StepActions>
        <Button onClick={() => app.enter(profile)}>{t('finish.go')}</Button>
      </StepActions>
    </StepPage>
  );
}
