/** The browser's own notifications, for agents without the desktop app. */
export function canNotify(): 'yes' | 'ask' | 'no' {
  if (typeof Notification === 'undefined') return 'no';
  return Notification.permission === 'granted' ? 'yes' : Notification.permission === 'default' ? 'ask' : 'no';
}

export async function requestNotify(): Promise<void> {
  try {
    await Notification.requestPermission();
  } catch {
    // Not offered on this page; the sound and the page's title still tell.
  }
}

/** Returns what takes it away again. */
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
