import type { Language } from '../../shared/protocol/fields';
import type { Question } from './ports';
import { desktopText } from './tray-menu';

/** What to ask when the page keeps crashing. */
export function reloadQuestion(language: Language): Question {
  const text = desktopText(language);
  return { title: text['reload.title'], body: text['reload.body'], go: text['reload.go'], stay: text['reload.stay'] };
}
