import { join } from 'node:path';
import { type BrowserWindow, clipboard, Menu, nativeTheme } from 'electron';
import type { DesktopCalls, DesktopEvents } from '../../shared/desktop-api';
import type { Log } from '../hub/ports';
import type { Alerts } from './alerts';
import { openPageBridge, type Tell } from './bridge';
import { createCardWindow } from './card-window';
import { pageOrigin } from './content-security';
import { contextMenu } from './context-menu';
import { type JsonFile, jsonFile } from './json-file';
import type { Line } from './line';
import type { OpenedPage } from './main-page';
import { createPageKeeper } from './page-keeper';
import type { AppPorts } from './ports';
import { reloadQuestion } from './reload-question';
import { saidOnce, stayInTray } from './stay-in-tray';
import type { FoyerTray } from './tray';
import { desktopText } from './tray-menu';
import { isInSight, onSight, openMainWindow, showWindow } from './window';
import type { WindowPlace } from './window-place';

export interface PageParts {
  ports: AppPorts;
  log: Log;
  folder: string;
  preload: string;
  /** The live page's address under `npm run dev`, else null. */
  developmentUrl: string | null;
  place: JsonFile<WindowPlace>;
  handlers: DesktopCalls;
  alerts: Alerts;
  line: Line;
  tray: FoyerTray;
  isQuitting(): boolean;
  /** Called when the window exists, before any of the page's code has run. */
  opened(page: OpenedPage): void;
  /** Called when the window shows its first frame or has failed to load. */
  drawn(): void;
}

/** Opens the main window and loads the workstation's page into it; resolves when it has loaded. */
export async function openPage(parts: PageParts): Promise<void> {
  const { ports, log, preload, developmentUrl, tray, alerts } = parts;
  const origin = developmentUrl === null ? pageOrigin : new URL(developmentUrl).origin;
  const url = (name: string) => `${developmentUrl ?? pageOrigin}/${name}`;
  const window = await openMainWindow({ preload, place: parts.place, dark: nativeTheme.shouldUseDarkColors });
  const tell = openPageBridge(window.webContents, origin, parts.handlers, log);
  const { accept, open } = alerts;
  const cards = createCardWindow({ preload, url: url('cards.html'), origin, log, main: window, accept, open });
  parts.opened({ window, tell, cards });
  openContextMenus(window, tell, tray);
  onSight(window, () => tell('window.sight', { inSight: isInSight(window) }));
  stayInTray(window, {
    isQuitting: parts.isQuitting,
    said: jsonFile(join(parts.folder, 'said-once.json'), saidOnce),
    language: tray.language,
    notify: ports.notify,
    show: () => showWindow(window),
  });
  window.on('focus', () => !window.isDestroyed() && window.flashFrame(false));
  const keeper = createPageKeeper({
    now: () => Date.now(),
    reload: () => !window.isDestroyed() && window.webContents.reload(),
    askAgain: () => ports.confirmReload(reloadQuestion(tray.language())),
  });
  window.on('show', keeper.shown);
  onPageEnd(window, log, {
    forget() {
      parts.line.drop();
      alerts.clearAll();
    },
    crashed: () => void keeper.gone(),
  });
  window.once('ready-to-show', parts.drawn);
  await window.loadURL(url('index.html')).finally(parts.drawn);
}

function openContextMenus(window: BrowserWindow, tell: Tell<DesktopEvents>, tray: FoyerTray): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, pressed) => {
    const items = contextMenu(pressed, desktopText(tray.language()), {
      copy: (text) => clipboard.writeText(text),
      savePicture: (url) => tell('picture.save', { url }),
      replaceMisspelling: (word) => webContents.replaceMisspelling(word),
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

/** A reload or a crash leaves no line and no alert of the page behind. */
function onPageEnd(window: BrowserWindow, log: Log, { forget, crashed }: { forget(): void; crashed(): void }): void {
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) forget();
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    forget();
    log.error('page.gone', { reason: details.reason });
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) crashed();
  });
  window.on('closed', forget);
}
