import type { BrowserWindow } from 'electron';
import type { DesktopAlert, DesktopEvents } from '../../shared/desktop-api';
import type { Tell } from './bridge';
import type { CardWindow } from './card-window';
import { showWindow } from './window';

/** The main window with its page, as the rest of the app needs it. */
export interface MainPage {
  show(): void;
  tell: Tell<DesktopEvents>;
  flash(on: boolean): void;
  showCards(alerts: DesktopAlert[]): void;
}

export interface OpenedPage {
  window: BrowserWindow;
  tell: Tell<DesktopEvents>;
  cards: CardWindow;
}

/** The window is opened last, after everything that sends its page events; before `attach` events are dropped. */
export function createMainPage(): MainPage & { attach(opened: OpenedPage): void } {
  let page: OpenedPage | null = null;
  return {
    attach(opened) {
      page = opened;
    },
    show() {
      if (page) showWindow(page.window);
    },
    tell: (name, payload) => page?.tell(name, payload),
    flash(on) {
      if (page && !page.window.isDestroyed() && !(on && page.window.isFocused())) page.window.flashFrame(on);
    },
    showCards: (alerts) => page?.cards.show(alerts),
  };
}
