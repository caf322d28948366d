import { type BrowserWindow, screen } from 'electron';
import type { CardCalls, DesktopAlert } from '../../shared/desktop-api';
import type { Log } from '../hub/ports';
import { openCardBridge } from './bridge';
import { cardPlace } from './card-place';
import { isInSight, makeWindow, onSight } from './window';

export interface CardWindowParts {
  preload: string;
  /** The address of the card window's page, and the origin that may use its bridge. */
  url: string;
  origin: string;
  log: Log;
  /** The workstation's window: while it is in sight there are no cards. */
  main: BrowserWindow;
  accept(alertId: string): void;
  open(alertId: string): void;
}

export interface CardWindow {
  show(alerts: DesktopAlert[]): void;
}

/**
 * The alerts as cards above all other windows while the workstation's window is hidden or minimized. Never takes the
 * focus. The window is created with the first alert.
 */
export function createCardWindow(parts: CardWindowParts): CardWindow {
  const { main, log } = parts;
  let alerts: DesktopAlert[] = [];
  let made: { window: BrowserWindow; tell: ReturnType<typeof openCardBridge> } | null = null;

  const handlers: CardCalls = {
    'cards.read': async () => wanted(),
    'cards.accept': async (alertId) => parts.accept(alertId),
    'cards.open': async (alertId) => parts.open(alertId),
  };
  const wanted = () => alerts.filter(({ card }) => card === 'always' || (card === 'whileHidden' && !isInSight(main)));

  function make() {
    const window = makeWindow(parts.preload, {
      frame: false,
      show: false,
      focusable: false,
      skipTaskbar: true,
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      title: 'Foyer',
    });
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    const tell = openCardBridge(window.webContents, parts.origin, handlers, log);
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error('cards.gone', { reason });
      window.destroy();
    });
    window.on('closed', () => {
      made = null;
    });
    window.loadURL(parts.url).catch((error: Error) => log.error('cards.notLoaded', { message: error.message }));
    return { window, tell };
  }

  function refresh() {
    if (main.isDestroyed()) return;
    const cards = wanted();
    if (cards.length === 0) {
      made?.window.hide();
      made?.tell('cards.changed', { cards });
      return;
    }
    made ??= make();
    made.tell('cards.changed', { cards });
    made.window.setBounds(cardPlace(cards.length, screen.getPrimaryDisplay().workArea));
    if (!made.window.isVisible()) made.window.showInactive();
  }

  onSight(main, refresh);
  main.on('closed', () => made?.window.destroy());
  return {
    show(next) {
      alerts = next;
      refresh();
    },
  };
}
