import type { DesktopCalls } from '../../shared/desktop-api';
import type { AppPorts, ShownNotification } from './ports';

export type Alert = Parameters<DesktopCalls['alert.show']>[0];

export interface AlertParts {
  notify: AppPorts['notify'];
  /** Starts or stops the window's flashing. */
  flash(on: boolean): void;
  /** The number on the app's icon, where the system has one. */
  badge(count: number): void;
  clicked(conversationId: string): void;
}

/** Asks for the person's attention until what they are asked about is handled. The sound is the page's. */
export interface Alerts {
  show(alert: Alert): void;
  clear(alertId: string): void;
  clearAll(): void;
}

export function createAlerts(parts: AlertParts): Alerts {
  const shown = new Map<string, ShownNotification>();
  const settle = () => {
    parts.badge(shown.size);
    if (shown.size === 0) parts.flash(false);
  };
  const take = (alertId: string) => {
    shown.get(alertId)?.close();
    shown.delete(alertId);
  };
  return {
    show(alert) {
      take(alert.alertId);
      shown.set(
        alert.alertId,
        parts.notify({ title: alert.title, body: alert.body, clicked: () => parts.clicked(alert.conversationId) }),
      );
      parts.badge(shown.size);
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
  };
}
