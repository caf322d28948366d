import { Notification } from 'electron';
import { notificationBody } from './notification-text';
import type { NotificationRequest, ShownNotification } from './ports';

/** A notification of the system, if it supports them. Only macOS shows the button. */
export function notifySystem({ title, body, clicked, action }: NotificationRequest): ShownNotification {
  if (!Notification.isSupported()) return { close: () => {} };
  const actions = action === null ? [] : [{ type: 'button' as const, text: action.label }];
  const text = notificationBody(body, process.platform);
  const notification = new Notification({ title, body: text, actions, silent: true });
  notification.on('click', clicked);
  notification.on('action', () => action?.chosen());
  notification.show();
  return { close: () => notification.close() };
}
