import { useState } from 'react';
import type { HostingState } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import classes from './FirstRun.module.css';

export function AttemptProblem({ words }: { words: string | null }) {
  if (words === null) return null;
  return (
    <p className={classes.problem} role="alert">
      {words}
    </p>
  );
}

type Call = NonNullable<ReturnType<typeof useServices>['desktop']>['call'];

/** Tries to start the hub, and begins anew with whatever comes of it. */
export function useAttempt({ isRestore = false } = {}) {
  const t = useText();
  const app = useApp();
  const { desktop } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (start: (call: Call) => Promise<HostingState | null>) => {
    if (!desktop) return app.begin();
    setBusy(true);
    setProblem(null);
    try {
      const hub = await start(desktop.call);
      if (hub?.state === 'failed') setProblem(t('recovery.didNotWork', { reason: hub.message }));
      else if (hub) await app.begin(isRestore);
    } catch (error) {
      setProblem(t('recovery.didNotWork', { reason: error instanceof Error ? error.message : String(error) }));
    } finally {
      setBusy(false);
    }
  };
  return { busy, attempt, problem };
}
