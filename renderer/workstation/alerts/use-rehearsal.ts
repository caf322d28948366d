import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { usePreferences } from '../services/preferences';
import { useServices } from '../services/services';
import { useLanguage, useText } from '../ui/text';
import { notifyInBrowser } from './browser-notify';
import { rehearsalAlert, rehearsalId, rehearsalMs } from './desktop-alert';

export interface Rehearsal {
  state: 'idle' | 'running' | 'asked';
  /** The browser blocked the sound. */
  silent: boolean;
  start(): void;
  /** Records whether the user noticed the test alert. */
  answer(noticed: boolean): void;
}

/** A test alert: card or notification for ten seconds, and the sound; then asks whether the user noticed it. */
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
