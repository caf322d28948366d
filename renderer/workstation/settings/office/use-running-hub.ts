import { useEffect, useState } from 'react';
import type { DesktopApi, HostingState } from '../../../../shared/desktop-api';
import { hostingText } from '../../ui/hosting-text';
import { useText } from '../../ui/text';
import { useAttempt } from '../../ui/use-attempt';

export type RunningHub = Extract<HostingState, { state: 'running' }>;

/** The hub in this app, and this machine's network addresses; `hub` is null until it is known. */
export function useRunningHub(desktop: DesktopApi) {
  const [hub, setHub] = useState<RunningHub | null>(null);
  const [addresses, setAddresses] = useState<string[]>([]);
  useEffect(() => {
    void desktop.call('hub.state').then((state) => state.state === 'running' && setHub(state));
    void desktop.call('hub.addresses').then(setAddresses);
  }, [desktop]);
  return { hub, setHub, addresses };
}

/** Restarts the hub with a change. If that fails, the hub runs as before and `state` says why. */
export function useRestart(onRunning: (hub: RunningHub) => void) {
  const t = useText();
  const { state, attempt } = useAttempt(() => t('lan.failed', { reason: t('customers.notFit') }));
  const restart = (change: () => Promise<HostingState>) =>
    attempt(async () => {
      const hub = await change();
      if (hub.state !== 'running') return t('lan.failed', { reason: hostingText(t, hub) });
      onRunning(hub);
      return null;
    });
  return { state, restart };
}
