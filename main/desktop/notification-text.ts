const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** On Linux a notification's body is markup with links and pictures, so what people write has to be escaped. */
export function notificationBody(text: string, platform: string): string {
  return platform === 'linux' ? text.replace(/[&<>]/g, (each) => markup[each] ?? each) : text;
}
