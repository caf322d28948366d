import type { DesktopApi } from '../../../shared/desktop-api';
import type { Text } from '../../../shared/text/workstation-text';
import type { Chime } from '../services/chime';
import type { Session } from '../session/session';
import { type Alert, alertsOf, arrivalId } from './alert-watch';
import { alertTitle, desktopAlert, type Look } from './desktop-alert';

export interface AlertOptions {
  session: Session;
  chime: Chime;
  desktop: DesktopApi | null;
  /** Shows a browser notification, used without the desktop app. Returns a function that removes it. */
  notify(title: string, body: string, clicked: () => void): () => void;
  text: Text;
  look(): Look;
  /** This machine's time. */
  now(): number;
  isOn(): boolean;
  isInFront(): boolean;
}

export interface AlertController {
  /** To be called when the alerts' switch, or whether the window is in front, has changed. */
  refresh(): void;
  stop(): void;
}

/** Rings and notifies for what came in, and stops at once when it is handled, here or by a colleague. */
export function startAlerts(options: AlertOptions): AlertController {
  const { session, chime, desktop } = options;
  const lookedAt = new Set<string>();
  const shown = new Map<string, () => void>();
  let startedAt: number | null = null;

  function show(alert: Alert) {
    const { alertId, conversationId } = alert;
    if (desktop) {
      const now = options.now();
      const told = { state: session.store.getState(), text: options.text, look: options.look() };
      const card = desktopAlert(alert, { ...told, now, aheadMs: session.hubNow() - now });
      void desktop.call('alert.show', card).catch(() => {});
      shown.set(alertId, () => void desktop.call('alert.clear', alertId).catch(() => {}));
    } else {
      const title = alertTitle(options.text, alert.kind, alert.customerName);
      shown.set(
        alertId,
        options.notify(title, alert.preview, () => session.select(conversationId)),
      );
    }
  }

  function refresh() {
    const state = session.store.getState();
    if (!state.ready) return;
    startedAt ??= session.hubNow();
    const inFront = options.isInFront();
    const selected = state.selectedId === null ? undefined : state.conversations.get(state.selectedId);
    if (inFront && selected) lookedAt.add(arrivalId(selected));
    const alerts = alertsOf(state, lookedAt, startedAt);
    const now = new Set(alerts.map(({ alertId }) => alertId));
    for (const [alertId, clear] of shown) {
      if (now.has(alertId) && !inFront) continue;
      clear();
      shown.delete(alertId);
    }
    if (options.isOn() && alerts.length > 0) chime.start();
    else chime.stop();
    if (inFront) return;
    for (const alert of alerts) if (!shown.has(alert.alertId)) show(alert);
  }

  const unsubscribe = session.store.subscribe(refresh);
  refresh();
  return {
    refresh,
    stop() {
      unsubscribe();
      chime.stop();
      for (const clear of shown.values()) clear();
      shown.clear();
    },
  };
}
