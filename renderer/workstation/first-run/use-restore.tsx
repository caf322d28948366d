import { useState } from 'react';
import type { HostingState } from '../../../shared/desktop-api';
import { RestorePassphrase } from './RestorePassphrase';
import { useHubStart } from './use-hub-start';

/** Picks a backup and starts the hub from it; asks for its passphrase if it has one. */
export function useRestore() {
  const { isBusy, problem, start } = useHubStart({ isRestore: true });
  const [asks, setAsks] = useState(false);
  const [isWrong, setIsWrong] = useState(false);
  const pick = () => {
    setAsks(false);
    setIsWrong(false);
    return start(async (call) => {
      const hub = await call('hub.restore');
      setAsks(isOtherPassphrase(hub));
      return isOtherPassphrase(hub) ? null : hub;
    });
  };
  const open = (passphrase: string) => {
    setIsWrong(false);
    return start(async (call) => {
      const hub = await call('hub.restorePicked', passphrase);
      setIsWrong(isOtherPassphrase(hub));
      return isOtherPassphrase(hub) ? null : hub;
    });
  };
  const asked = asks ? <RestorePassphrase isBusy={isBusy} isWrong={isWrong} onOpen={open} /> : null;
  return { isBusy, problem, pick, asked };
}

function isOtherPassphrase(hub: HostingState | null): boolean {
  return hub?.state === 'failed' && hub.code === 'wrongPassphrase';
}
