/** Permission for browser notifications, which agents without the desktop app get. */
export function canNotify(): 'yes' | 'ask' | 'no' {
  if (typeof Notification === 'undefined') return 'no';
  return Notification.permission === 'granted' ? 'yes' : Notification.permission === 'default' ? 'ask' : 'no';
}

export async function requestNotify(): Promise<void> {
  try {
    await Notification.requestPermission();
  } catch {
    // Not available on this page; the sound and the page's title still announce offers.
  }
}

/** Returns a function that removes it. */
export function notifyInBrowser(title: string, body: string, clicked: () => void): () => void {
  if (canNotify() !== 'yes') return () => {};
  try {
    const notification = new Notification(title, { body, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      clicked();
    };
    return () => notification.close();
  } catch {
    return () => {};
  }
}
