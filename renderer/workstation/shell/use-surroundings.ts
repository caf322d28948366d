import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { startAlerts } from '../alerts/alert-controller';
import { notifyInBrowser } from '../alerts/browser-notify';
import { usePreferencesHandle } from '../services/preferences';
import { useServices } from '../services/services';
import { useLists, useMyId, useOffice, useSession, useWanted } from '../session/session-context';
import { useAct } from '../session/use-act';
import { useLanguage, useText } from '../ui/text';

/** What a screen reader says next: each `n` once. */
export interface Spoken {
  n: number;
  words: string;
}

/** Effects outside the page: alerts, the tray, the title, and a check of the link after the machine slept. */
export function useSurroundings(openChats: () => void): Spoken {
  const spoken = useAlerts(openChats);
  useTray();
  useTitle();
  useAutoAway();
  useWakeProbe();
  return spoken;
}

function useAlerts(openChats: () => void): Spoken {
  const t = useText();
  const [spoken, setSpoken] = useState<Spoken>({ n: 0, words: '' });
  const session = useSession();
  const preferences = usePreferencesHandle();
  const act = useAct();
  const { chime, clock, desktop, foreground } = useServices();
  const { language } = useLanguage();
  const scheme = useComputedColorScheme('light');
  const lookNow = useEffectEvent(() => ({ language, scheme }));
  const open = useEffectEvent((conversationId: string) => {
    if (!session.store.getState().conversations.has(conversationId)) return;
    openChats();
    session.select(conversationId);
  });
  const accept = useEffectEvent(async (offerId: string) => {
    const offered = [...session.store.getState().conversations.values()].find((each) => each.offerId === offerId);
    const accepted = offered && session.accept(offerId);
    if (accepted && (await act(accepted))) open(offered.conversationId);
  });

  useEffect(() => {
    const alerts = startAlerts({
      session,
      chime,
      desktop,
      notify: (title, body, onClick) => notifyInBrowser(title, body, onClick),
      text: t,
      look: lookNow,
      say: (words) => setSpoken(({ n }) => ({ n: n + 1, words })),
      clock,
      preferences: preferences.store.getState,
      isInFront: foreground.isInFront,
    });
    const refresh = () => alerts.refresh();
    const stopListening = [preferences.store.subscribe(refresh), foreground.subscribe(refresh)];
    return () => {
      alerts.stop();
      for (const stop of stopListening) stop();
    };
  }, [session, chime, clock, desktop, foreground, preferences, t]);

  useEffect(() => desktop?.on('alert.clicked', ({ conversationId }) => open(conversationId)), [desktop]);
  useEffect(() => desktop?.on('alert.accepted', ({ alertId }) => void accept(alertId)), [desktop]);
  return spoken;
}

function useTray() {
  const { desktop } = useServices();
  const session = useSession();
  const myId = useMyId();
  const { language } = useLanguage();
  const status = useOffice((state) => state.agents.get(myId)?.status ?? 'offline');
  const up = useOffice((state) => state.link.state === 'up');
  const waiting = useLists().waiting.length;
  const wanted = useWanted();
  useEffect(() => {
    desktop?.call('tray.show', { status, link: up ? 'up' : 'down', waiting, wanted, language }).catch(() => {});
  }, [desktop, status, up, waiting, wanted, language]);
  useEffect(
    () => desktop?.on('tray.status', (chosen) => void session.send({ op: 'status.set', status: chosen.status })),
    [desktop, session],
  );
}

const minuteMs = 60_000;

/** ID1: tells the hub when nobody has touched the machine for as long as the setting says. Asleep until it may be so. */
function useAutoAway() {
  const { clock, idleMs } = useServices();
  const session = useSession();
  const myId = useMyId();
  const online = useOffice((state) => state.agents.get(myId)?.status === 'online');
  const up = useOffice((state) => state.link.state === 'up');
  const limitMs = useOffice((state) => (state.settings?.presence.awayAfterMinutes ?? 0) * minuteMs);
  useEffect(() => {
    if (!online || !up || limitMs === 0) return;
    let cancel = () => {};
    let isOver = false;
    const look = async () => {
      const idle = await idleMs().catch(() => 0);
      if (isOver) return;
      if (idle >= limitMs) void session.ask({ op: 'status.idle' });
      cancel = clock.at(clock.now() + Math.max(minuteMs, limitMs - idle), () => void look());
    };
    cancel = clock.at(clock.now() + limitMs, () => void look());
    return () => {
      isOver = true;
      cancel();
    };
  }, [clock, idleMs, session, online, up, limitMs]);
}

function useTitle() {
  const t = useText();
  const office = useOffice((state) => state.office?.name ?? '');
  const count = useWanted();
  useEffect(() => {
    document.title = office === '' ? t('app.name') : t(count > 0 ? 'app.titleWaiting' : 'app.title', { office, count });
  }, [t, office, count]);
}

function useWakeProbe() {
  const session = useSession();
  useEffect(() => {
    const probe = () => session.probe();
    const shown = () => document.visibilityState === 'visible' && session.probe();
    window.addEventListener('online', probe);
    document.addEventListener('visibilitychange', shown);
    // Timers pause while the machine sleeps, so a late tick means that it slept.
    let last = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - last > 15_000) session.probe();
      last = Date.now();
    }, 5_000);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', probe);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [session]);
}
