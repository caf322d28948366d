/** Every word that the launcher says on a shop's page. Chinese has exactly these keys. */
export const widgetEn = {
  chat: 'Chat',
  open: 'Open chat',
  loading: 'Opening chat …',
  unreadOne: '1 new message',
  unread: '{count} new messages',
  greeting: 'Hello, how can we help?',
  away: 'We can’t be reached right now. Please write to us a little later.',
  retry: 'Try again',
  dismiss: 'Dismiss',
} as const;

export type WidgetText = Readonly<Record<keyof typeof widgetEn, string>>;
