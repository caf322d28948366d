import type { Language } from '../../shared/protocol/fields';
import type { Question } from './ports';
import { desktopText } from './tray-menu';

/** Asked by the system's dialog before a passphrase is reset, so that a page cannot confirm it. */
export function resetQuestion(language: Language): Question {
  const text = desktopText(language);
  return { title: text['reset.title'], body: text['reset.body'], go: text['reset.go'], stay: text['reset.stay'] };
}
