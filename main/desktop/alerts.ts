import type { DesktopAlert } from '../../shared/desktop-api';
import type { AppPorts, ShownNotification } from './ports';

export interface AlertParts {
  notify: AppPorts['notify'];
  /** Starts or stops the window's flashing. */
  flash(on: boolean): void;
  /** Shows these in the card window, the oldest first. */
  cards(alerts: DesktopAlert[]): void;
  clicked(alert: DesktopAlert): void;
  accepted(alert: DesktopAlert): void;
}

/** Notifications, cards and flashing, until the alert is handled. The page plays the sound. */
export interface Alerts {
  show(alert: DesktopAlert): void;
  clear(alertId: string): void;
  clearAll(): void;
  /** A click on the card or the notification; without effect if the alert is already handled. */
  accept(alertId: string): void;
  open(alertId: string): void;
}

export function createAlerts(parts: AlertParts): Alerts {
  const shown = new Map<string, { alert: DesktopAlert; notification: ShownNotification }>();
  const settle = () => {
    parts.cards([...shown.values()].map(({ alert }) => alert));
    if (shown.size === 0) parts.flash(false);
  };
  const take = (alertId: string) => {
    shown.get(alertId)?.notification.close();
    shown.delete(alertId);
  };
  const alerts: Alerts = {
    show(alert) {
      const { alertId, title, body, words } = alert;
      take(alertId);
      const notification = parts.notify({
        title,
        body,
        clicked: () => parts.clicked(alert),
        action: words.accept === null ? null : { label: words.accept, chosen: () => alerts.accept(alertId) },
      });
      shown.set(alertId, { alert, notification });
      settle();
      parts.flash(true);
    },
    clear(alertId) {
      take(alertId);
      settle();
    },
    clearAll() {
      for (const alertId of [...shown.keys()]) take(alertId);
      settle();
    },
    accept(alertId) {
      const alert = shown.get(alertId)?.alert;
      if (alert && alert.words.accept !== null) parts.accepted(alert);
    },
    open(alertId) {
      const alert = shown.get(alertId)?.alert;
      if (alert) parts.clicked(alert);
    },
  };
  return alerts;
}
