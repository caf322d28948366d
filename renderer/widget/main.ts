import { createApi, type Foyer } from './api';
import { type Settings, Widget } from './widget';

/** The globals of a shop's page. */
interface Shop {
  foyer?: Foyer;
  /** The hub puts the office's settings before the script (main/hub/listen/widget-script.ts). */
  foyerWidget?: Settings;
}

/** A second copy of the script only does what was asked for before it came. */
function start(window: Window, shop: Shop): void {
  const settings = shop.foyerWidget;
  delete shop.foyerWidget;
  const before = shop.foyer;
  const source = window.document.currentScript;
  // Browsers from before constructed style sheets have no chat, rather than one that looks like the shop.
  const isAble = 'adoptedStyleSheets' in window.document && settings !== undefined;
  if (before?.isRunning || !isAble || !(source instanceof HTMLScriptElement)) return;
  const widget = new Widget(window, new URL(source.src).origin, settings);
  const foyer = createApi(widget, (message) => console.warn(message));
  foyer.isRunning = true;
  shop.foyer = foyer;
  for (const [name, value] of Array.from(before?.q ?? [], (call) => Array.from(call))) foyer(String(name), value);
}

// In the workstation's windows `foyer` is the desktop's bridge, in a shop's page it is ours.
start(window, window as unknown as Shop);
