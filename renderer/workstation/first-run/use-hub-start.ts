import type { HostingState } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';

type Call = NonNullable<ReturnType<typeof useServices>['desktop']>['call'];

/** Starts the hub on this machine; once it runs, the app starts over. If `work` resolves to null, nothing happens. */
export function useHubStart({ isRestore = false } = {}) {
  const t = useText();
  const app = useApp();
  const { desktop } = useServices();
  const failed = (reason: string) => t('recovery.didNotWork', { reason });
  const { isBusy, problem, attempt } = useAttempt(failed);
  const start = (work: (call: Call) => Promise<HostingState | null>) =>
    attempt(async () => {
      if (!desktop) {
        await app.begin();
        return null;
      }
      const hub = await work(desktop.call);
      if (hub?.state === 'failed') return failed(hub.message);
      if (hub) await app.begin(isRestore);
      return null;
    });
  return { isBusy, problem, start };
}
