import type { MenuItemConstructorOptions } from 'electron';

export interface MenuParts {
  platform: NodeJS.Platform;
  development: boolean;
  quitLabel: string;
  /** Asks first where others would lose the hub. */
  quit(): void;
}

/** The application menu: hidden but on macOS, there for the keys of its roles (copy, paste, zoom). */
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

/** The usual one, but that ⌘Q is as careful as the tray; the system's own shutdown goes past it, and is not held up. */
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
