import { element, setText, show } from '../dom';
import type { PageState } from '../state';
import type { Words } from '../words';

export interface PersonActions {
  askForPerson(): void;
}

/** BO2: while an assistant answers, the way to a person is always in sight. */
export function createPerson(actions: PersonActions) {
  const ask = element('button', { type: 'button', class: 'secondary' });
  const root = element('section', { class: 'offer', hidden: true }, element('div', { class: 'choices' }, ask));
  ask.addEventListener('click', actions.askForPerson);

  function update(state: PageState, words: Words): void {
    show(root, state.conversation?.stage === 'assisted' && state.link.state !== 'refused');
    ask.disabled = state.switching !== null;
    setText(ask, words.say(state.switching === null ? 'person.ask' : 'person.asking'));
  }

  return { root, update };
}
