import { Notification } from 'electron';
import type { NotificationRequest, ShownNotification } from './ports';

/** A notification of the system's; nothing where it has none. */
export function notifySystem(request: NotificationRequest): ShownNotification {
  if (!Notification.isSupported()) return { close: () => {} };
  const notification = new Notification({ title: request.title, body: request.body, silent: true });
  notification.on('click', request.clicked);
  notification.show();
  return { close: () => notification.close() };
}
