import type { DesktopApi } from '../../../shared/desktop-api';

/** Whether the page is visible and has the focus. */
export interface Foreground {
  isInFront(): boolean;
  /** Calls `listen` whenever that may have changed. Returns a function that unsubscribes. */
  subscribe(listen: () => void): () => void;
}

/** By the page's own focus and, as the desktop's page never counts as hidden, by the desktop's report of its window. */
export function createForeground(page: Window, desktop: Pick<DesktopApi, 'on'> | null): Foreground {
  const listeners = new Set<() => void>();
  let inSight = true;
  const tell = () => {
    for (const listen of listeners) listen();
  };
  page.addEventListener('focus', tell);
  page.addEventListener('blur', tell);
  page.document.addEventListener('visibilitychange', tell);
  desktop?.on('window.sight', (told) => {
    inSight = told.inSight;
    tell();
  });
  return {
    isInFront: () => inSight && page.document.visibilityState === 'visible' && page.document.hasFocus(),
    subscribe(listen) {
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
      };
    },
  };
}
