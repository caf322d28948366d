import { app, Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { AgentStatus, Language } from '../../shared/protocol/fields';
import { trayImage } from './icons';
import { type TrayItem, type TrayView, trayItems, trayTip } from './tray-menu';

export interface TrayActions {
  open(): void;
  chooseStatus(status: AgentStatus): void;
  quit(): void;
}

export interface FoyerTray {
  show(view: TrayView): void;
  /** Null before the first sign-in. */
  view(): TrayView | null;
  language(): Language;
}

export function createTray(language: Language, actions: TrayActions): FoyerTray {
  let view: TrayView | null = null;
  const tray = new Tray(trayImage('offline'));
  const currentLanguage = () => view?.language ?? language;

  const draw = () => {
    tray.setImage(trayImage(view && view.link === 'up' ? view.status : 'offline'));
    tray.setToolTip(trayTip(view, currentLanguage()));
    tray.setContextMenu(Menu.buildFromTemplate(trayItems(view, currentLanguage()).map((item) => entry(item, actions))));
  };
  tray.on('click', actions.open);
  draw();

  return {
    show(next) {
      view = next;
      app.setBadgeCount(next.wanted);
      draw();
    },
    view: () => view,
    language: currentLanguage,
  };
}

function entry(item: TrayItem, actions: TrayActions): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'status':
      return {
        label: item.label,
        type: 'radio',
        checked: item.checked,
        click: () => actions.chooseStatus(item.status),
      };
    case 'open':
      return { label: item.label, click: actions.open };
    case 'quit':
      return { label: item.label, click: actions.quit };
  }
}
