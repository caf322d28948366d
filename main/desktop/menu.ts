import type { MenuItemConstructorOptions } from 'electron';

export interface MenuParts {
  platform: NodeJS.Platform;
  development: boolean;
  quitLabel: string;
  /** Asks first if others are connected to the hub here. */
  quit(): void;
}

/** The application menu: visible on macOS only, needed elsewhere for its shortcuts (copy, paste, zoom). */
export function appMenu({ platform, development, quitLabel, quit }: MenuParts): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [macAppMenu(quitLabel, quit)] : []),
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        ...(development ? ([{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }] as const) : []),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}

/** The usual menu, but ⌘Q asks as the tray's menu does. A system shutdown does not come here and is not delayed. */
function macAppMenu(quitLabel: string, quit: () => void): MenuItemConstructorOptions {
  return {
    label: 'Foyer',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { label: quitLabel, accelerator: 'Command+Q', click: quit },
    ],
  };
}
