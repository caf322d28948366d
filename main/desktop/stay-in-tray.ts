import type { BrowserWindow } from 'electron';
import * as z from 'zod';
import type { Language } from '../../shared/protocol/fields';
import type { JsonFile } from './json-file';
import type { AppPorts } from './ports';
import { desktopText } from './tray-menu';

export const saidOnce = z.strictObject({ staysInTray: z.boolean() });

export interface StayParts {
  isQuitting(): boolean;
  said: JsonFile<z.infer<typeof saidOnce>>;
  language(): Language;
  notify: AppPorts['notify'];
  show(): void;
}

/** Closing the window leaves the app in the tray; the first time a notification says so. */
export function stayInTray(window: BrowserWindow, parts: StayParts): void {
  window.on('close', (event) => {
    if (parts.isQuitting()) return;
    event.preventDefault();
    window.hide();
    sayOnce(parts).catch(() => {});
  });
}

async function sayOnce({ said, language, notify, show }: StayParts): Promise<void> {
  if ((await said.read())?.staysInTray) return;
  const text = desktopText(language());
  notify({ title: text['stays.title'], body: text['stays.body'], clicked: show, action: null });
  await said.write({ staysInTray: true });
}
