import { BrowserWindow, type BrowserWindowConstructorOptions, screen } from 'electron';
import { appImage } from './icons';
import type { JsonFile } from './json-file';
import { minimumSize, placeWindow, rescuedPlace, type WindowPlace } from './window-place';

/** How long the window must not move before its place is written. */
const settleMs = 500;

export interface WindowParts {
  preload: string;
  place: JsonFile<WindowPlace>;
  /** Whether the page will be dark. */
  dark: boolean;
}

/** The only way to create a window: sandboxed, isolated, without Node. */
export function makeWindow(preload: string, options: BrowserWindowConstructorOptions): BrowserWindow {
  return new BrowserWindow({
    ...options,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // By the system's own checker; elsewhere dictionaries would be downloaded from the internet.
      spellcheck: process.platform === 'darwin',
      // An incoming conversation rings and counts down also while the window is hidden and untouched.
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
}

/** The workstation's window, in the place where it was closed last. */
export async function openMainWindow({ preload, place, dark }: WindowParts): Promise<BrowserWindow> {
  const at = placeWindow(await place.read(), workAreas());
  const window = makeWindow(preload, {
    x: at.x,
    y: at.y,
    width: at.width,
    height: at.height,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Foyer',
    icon: appImage(),
    show: false,
    autoHideMenuBar: true,
    backgroundColor: dark ? '#121417' : '#f5f6f8',
  });
  if (at.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepPlace(window, place);
  return window;
}

/** The primary screen's first. */
function workAreas() {
  return [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
}

function placeOf(window: BrowserWindow): WindowPlace {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}

function keepPlace(window: BrowserWindow, place: JsonFile<WindowPlace>): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    // Not worth an error message: the window only opens in an older place.
    place.write(placeOf(window)).catch(() => {});
  };
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, settleMs);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('close', keep);
}

/** Brings the window to the front, wherever it is; the screen that it was on may have gone meanwhile. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  const rescued = rescuedPlace(placeOf(window), workAreas());
  if (rescued) {
    window.setBounds(rescued);
    if (rescued.maximized) window.maximize();
  }
  window.show();
  window.focus();
}

export function isInSight(window: BrowserWindow): boolean {
  // A closing window is hidden first, and the event arrives when it is destroyed.
  return !window.isDestroyed() && window.isVisible() && !window.isMinimized();
}

/** Calls `tell` whenever the window is shown or hidden, by any means. */
export function onSight(window: BrowserWindow, tell: () => void): void {
  window.on('show', tell);
  window.on('hide', tell);
  window.on('minimize', tell);
  window.on('restore', tell);
}
