import type { Clock } from '../../../shared/client/clock';
import type { DesktopApi } from '../../../shared/desktop-api';
import type { Text } from '../../../shared/text/workstation-text';
import type { Chime } from '../services/chime';
import type { Preferences } from '../services/preferences';
import type { Session } from '../session/session';
import { type Alert, alertsOf, isRinging, nextAlertAt } from './alert-watch';
import { alertTitle, alertWords, desktopAlert, type Look } from './desktop-alert';

export interface AlertOptions {
  session: Pick<Session, 'store' | 'hubNow' | 'select'>;
  chime: Pick<Chime, 'start' | 'stop' | 'playNote'>;
  desktop: Pick<DesktopApi, 'call'> | null;
  /** Shows a browser notification, used without the desktop app. Returns a function that removes it. */
  notify(title: string, body: string, clicked: () => void): () => void;
  text: Text;
  look(): Look;
  /** Has a screen reader say it. */
  say(words: string): void;
  /** This machine's. */
  clock: Clock;
  preferences(): Pick<Preferences, 'alertsOn' | 'wordsOn'>;
  isInFront(): boolean;
}

export interface AlertController {
  /** To be called when a switch, or whether the window is in front, has changed. */
  refresh(): void;
  stop(): void;
}

/** However much customers write, there is no more than one sound in this time. */
const noteEveryMs = 3_000;

/** Rings, sounds and notifies for what came in, and stops at once when it is handled, here or by a colleague. */
export function startAlerts(options: AlertOptions): AlertController {
  const { session, chime, desktop, clock } = options;
  /** Notifications, by alert: the functions that remove them. */
  const shown = new Map<string, () => void>();
  /** The news that has been told, by alert. */
  const told = new Map<string, unknown>();
  /** The alerts whose words a screen reader was given last. */
  let spoken: readonly string[] = [];
  let notedAt = Number.NEGATIVE_INFINITY;
  let cancelTimer = () => {};
  let armedFor = Number.POSITIVE_INFINITY;

  function show(alert: Alert): () => void {
    const { alertId, conversationId } = alert;
    if (!desktop) {
      const title = alertTitle(options.text, alert.kind, alert.customerName);
      return options.notify(title, alert.preview, () => session.select(conversationId));
    }
    const now = clock.now();
    const about = { state: session.store.getState(), text: options.text, look: options.look() };
    const card = desktopAlert(alert, { ...about, now, aheadMs: session.hubNow() - now });
    void desktop.call('alert.show', card).catch(() => {});
    return () => void desktop.call('alert.clear', alertId).catch(() => {});
  }

  /** The alerts with something new, each once. */
  function takeNews(alerts: readonly Alert[]): Alert[] {
    const fresh = alerts.filter(({ alertId, news }) => told.get(alertId) !== news);
    told.clear();
    for (const { alertId, news } of alerts) told.set(alertId, news);
    return fresh;
  }

  function sound(alerts: readonly Alert[], fresh: readonly Alert[]) {
    const { alertsOn } = options.preferences();
    const rings = alertsOn && alerts.some(isRinging);
    if (rings) chime.start();
    else chime.stop();
    if (fresh.length === 0 || rings || !alertsOn || clock.now() < notedAt + noteEveryMs) return;
    notedAt = clock.now();
    void chime.playNote();
  }

  function notify(alerts: readonly Alert[], fresh: readonly Alert[]) {
    const inFront = options.isInFront();
    const now = new Set(alerts.map(({ alertId }) => alertId));
    const clear = (alertId: string) => {
      shown.get(alertId)?.();
      shown.delete(alertId);
    };
    for (const alertId of [...shown.keys()]) if (inFront || !now.has(alertId)) clear(alertId);
    if (inFront) return;
    for (const alert of alerts) {
      if (!fresh.includes(alert) && (!isRinging(alert) || shown.has(alert.alertId))) continue;
      clear(alert.alertId);
      shown.set(alert.alertId, show(alert));
    }
  }

  /** What is over is unsaid: of a customer who is erased nothing may stay on the page. */
  function say(fresh: readonly Alert[]) {
    if (fresh.length === 0 && spoken.every((alertId) => told.has(alertId))) return;
    spoken = fresh.map(({ alertId }) => alertId);
    options.say(fresh.map((alert) => alertWords(options.text, alert)).join(' '));
  }

  function arm(now: number) {
    const next = nextAlertAt(session.store.getState(), now);
    if (next === armedFor) return;
    cancelTimer();
    armedFor = next;
    cancelTimer = next === Number.POSITIVE_INFINITY ? () => {} : clock.at(clock.now() + next - now, refresh);
  }

  function refresh() {
    const state = session.store.getState();
    if (!state.ready) return;
    const now = session.hubNow();
    const { wordsOn } = options.preferences();
    const alerts = alertsOf(state, now).filter(({ kind }) => wordsOn || kind !== 'words');
    const fresh = takeNews(alerts);
    sound(alerts, fresh);
    notify(alerts, fresh);
    say(fresh);
    arm(now);
  }

  const unsubscribe = session.store.subscribe(refresh);
  refresh();
  return {
    refresh,
    stop() {
      unsubscribe();
      cancelTimer();
      chime.stop();
      for (const clear of shown.values()) clear();
      shown.clear();
    },
  };
}
