import type { DesktopApi } from '../../../shared/desktop-api';
import type { Text } from '../../../shared/text/workstation-text';
import type { Session } from '../session/session';
import { type Alert, alertsOf, arrivalId } from './alert-watch';
import type { Chime } from './chime';

export interface AlertOptions {
  session: Session;
  chime: Chime;
  desktop: DesktopApi | null;
  /** The browser's own notifications, where there is no desktop. */
  notify(title: string, body: string, clicked: () => void): () => void;
  text: Text;
  isOn(): boolean;
  isInFront(): boolean;
}

export interface AlertController {
  /** Looks again: the switch or the window's place has changed. */
  refresh(): void;
  stop(): void;
}

/** Rings and notifies for what came in, and stops the instant it is handled, by whomever. */
export function startAlerts(options: AlertOptions): AlertController {
  const { session, chime, desktop } = options;
  const lookedAt = new Set<string>();
  const shown = new Map<string, () => void>();
  let startedAt: number | null = null;

  function show(alert: Alert) {
    const key = alert.kind === 'incoming' ? 'alerts.title' : 'alerts.titleAutomatic';
    const title = options.text(key, { name: alert.customerName });
    const { alertId, conversationId } = alert;
    if (desktop) {
      void desktop.call('alert.show', { alertId, title, body: alert.preview, conversationId }).catch(() => {});
      shown.set(alertId, () => void desktop.call('alert.clear', alertId).catch(() => {}));
    } else {
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
