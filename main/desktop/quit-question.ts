import type { Language } from '../../shared/protocol/fields';
import type { Others } from '../hub/session/session';
import type { Question } from './ports';
import { desktopText } from './tray-menu';

/** What to ask before quitting the app that hosts the hub; null if nobody else is connected. */
export function quitQuestion({ colleagues, customers }: Others, language: Language): Question | null {
  if (colleagues === 0 && customers === 0) return null;
  const text = desktopText(language);
  const body = text['quit.body'].replace('{colleagues}', String(colleagues)).replace('{customers}', String(customers));
  return { title: text['quit.title'], body, go: text['quit.go'], stay: text['quit.stay'] };
}
