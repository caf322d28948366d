/**
 * Every word the desktop shell says outside of its page: tray, menu, notifications. `{name}` in braces is filled in.
 * Chinese has exactly these keys (`desktop-zh.ts`).
 */
export const desktopEn = {
  'tray.open': 'Open Foyer',
  'tray.quit': 'Quit Foyer',
  'tray.linkUp': 'Connected to the hub',
  'tray.linkDown': 'No connection to the hub',
  'tray.waiting': '{count} waiting',
  'tray.wanted': '{count} want you',
  'tray.nobodyWaiting': 'Nobody waiting',
  'tray.signedOut': 'Not signed in',
  'status.online': 'Online',
  'status.busy': 'Busy',
  'status.shortBreak': 'Short break',
  'status.offline': 'Offline',
  'quit.title': 'Quit Foyer on the hub’s machine?',
  'quit.body':
    'The hub stops with it. Connected now: colleagues on other machines {colleagues}, customers {customers}. Nothing is lost, and they are back when you start Foyer again.',
  'quit.go': 'Quit',
  'quit.stay': 'Keep running',
  'reset.title': 'Set the supervisor’s passphrase anew?',
  'reset.body':
    'The one before ends. Who signs in with the new one is a supervisor. The audit log keeps that it was set.',
  'reset.go': 'Set it anew',
  'reset.stay': 'Cancel',
  'reload.title': 'This window has stopped working again and again',
  'reload.body':
    'Something it shows may be too much for it, a very large picture for example. Nothing is lost: what was written is kept, and the hub runs on.',
  'reload.go': 'Load it again',
  'reload.stay': 'Not now',
  'link.title': 'Open {host}?',
  'link.go': 'Open',
  'link.stay': 'Cancel',
  'menu.cut': 'Cut',
  'menu.copy': 'Copy',
  'menu.paste': 'Paste',
  'menu.selectAll': 'Select all',
  'menu.copyLink': 'Copy link',
  'menu.savePicture': 'Save picture …',
  'menu.noSpelling': 'No suggestions',
  'stays.title': 'Foyer keeps running',
  'stays.body': 'You still hear of incoming conversations. Open or quit it from the tray icon.',
};

export type DesktopText = Record<keyof typeof desktopEn, string>;
