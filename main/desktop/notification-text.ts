const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** On Linux the body of a notification is markup, with links and pictures from anywhere; what people write is text. */
export function notificationBody(text: string, platform: string): string {
  return platform === 'linux' ? text.replace(/[&<>]/g, (each) => markup[each] ?? each) : text;
}
