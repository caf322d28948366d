import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { usePreferences } from '../services/preferences';
import { useServices } from '../services/services';
import { useLanguage, useText } from '../ui/text';
import { notifyInBrowser } from './browser-notify';
import { rehearsalAlert, rehearsalId, rehearsalMs } from './desktop-alert';

export interface Rehearsal {
  state: 'idle' | 'running' | 'asked';
  /** The system held the sound back. */
  silent: boolean;
  start(): void;
  /** What the person says: whether they noticed it. */
  answer(noticed: boolean): void;
}

/** Everything an alert does, for ten seconds, so that the person knows that it reaches them; then asks whether it did. */
export function useRehearsal(): Rehearsal {
  const t = useText();
  const { language } = useLanguage();
  const scheme = useComputedColorScheme('light');
  const { chime, clock, desktop } = useServices();
  const [, set] = usePreferences();
  const [state, setState] = useState<Rehearsal['state']>('idle');
  const [silent, setSilent] = useState(false);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  async function start() {
    stop.current();
    setState('running');
    const alert = rehearsalAlert(t, { language, scheme }, clock.now());
    let clear = () => {};
    if (desktop) {
      void desktop.call('alert.show', alert).catch(() => {});
      clear = () => void desktop.call('alert.clear', rehearsalId).catch(() => {});
    } else {
      clear = notifyInBrowser(alert.title, alert.body, () => {});
    }
    const cancel = clock.at(clock.now() + rehearsalMs, () => stop.current());
    const seen = desktop?.on('alert.clicked', ({ alertId }) => {
      if (alertId === rehearsalId) stop.current();
    });
    stop.current = () => {
      stop.current = () => {};
      clear();
      cancel();
      seen?.();
    };
    setSilent(!(await chime.play()));
    setState('asked');
  }

  return {
    state,
    silent,
    start: () => void start(),
    answer(noticed) {
      stop.current();
      setState('idle');
      set({ alertTest: { at: clock.now(), noticed } });
    },
  };
}
