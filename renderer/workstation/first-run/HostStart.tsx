import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HostingState, Profile } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { LinkBox } from '../ui/LinkBox';
import { Qr } from '../ui/Qr';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';
import type { HostDetails } from './HostForm';
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

/** The last step of setting up: starts the hub, signs its supervisor in, and says how others find it. */
export function HostStart({ details, onFailed }: HostStartProps) {
  const t = useText();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const [busy, setBusy] = useState(false);
  const [running, setRunning] = useState<Running | null>(null);

  const start = async () => {
    if (!desktop) return;
    setBusy(true);
    try {
      const hub = await desktop.call('hub.host', details);
      if (hub.state !== 'running') return onFailed(t('host.failed', { reason: whyNot(hub) }));
      const result = await signIn(hub.agentUrl, { kind: 'passphrase', passphrase: details.passphrase });
      if (!result.ok) return onFailed(signInProblem(t, result, 'passphrase', true).words);
      const { deviceId, token } = result;
      const profile: Profile = { mode: 'host', agentUrl: hub.agentUrl, deviceId, token };
      await desktop.call('profile.write', profile);
      setRunning({ profile, customerUrl: hub.customerUrl, lanAddress: hub.lan?.addresses[0] ?? null });
    } catch (error) {
      onFailed(t('host.failed', { reason: error instanceof Error ? error.message : String(error) }));
    } finally {
      setBusy(false);
    }
  };

  const whyNot = (hub: HostingState) => {
    if (hub.state !== 'failed') return '';
    const key = `host.error.${hub.code}`;
    return hasText(key) ? t(key) : hub.message;
  };

  if (running) return <Ready {...running} />;
  return (
    <Card title={t('host.title')} lead={t('finish.body')}>
      <div className={classes.actions}>
        <Button loading={busy} onClick={start}>
          {t(busy ? 'host.starting' : 'host.go')}
        </Button>
      </div>
    </Card>
  );
}

function Ready({ profile, customerUrl, lanAddress }: Running) {
  const t = useText();
  const app = useApp();
  return (
    <Card title={t('host.ready')} lead={t('host.readyHelp')}>
      <section className={classes.block}>
        <h2>{t('host.agentsJoin')}</h2>
        <p>{t('host.agentsJoinHelp')}</p>
        <LinkBox label={t('office.hubAddress')} value={lanAddress ?? profile.agentUrl} />
      </section>
      <section className={classes.block}>
        <h2>{t('host.customersWrite')}</h2>
        <p>{t('host.customersWriteHelp')}</p>
        <div className={classes.qr}>
          <Qr value={customerUrl} label={t('host.customersQr')} sizePx={104} />
          <LinkBox label={t('office.customerLink')} value={customerUrl} />
        </div>
      </section>
      <div className={classes.actions}>
        <Button onClick={() => app.enter(profile)}>{t('finish.go')}</Button>
      </div>
    </Card>
  );
}
