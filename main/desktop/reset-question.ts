import type { Language } from '../../shared/protocol/fields';
import type { Question } from './ports';
import { desktopText } from './tray-menu';

/** What to ask before a passphrase is set anew: by the system, so that only a person here can say yes. */
export function resetQuestion(language: Language): Question {
  const text = desktopText(language);
  return { title: text['reset.title'], body: text['reset.body'], go: text['reset.go'], stay: text['reset.stay'] };
}
