import { element, icon, setText, show } from '../dom';
import { closedOf, screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';

/** Thanks for the message for later, once the hub has it. */
export function createLeft(anew: () => void) {
  const thanks = element('h2');
  const contact = element('p', { class: 'hint', dir: 'auto' });
  const text = element('blockquote', { dir: 'auto' });
  const button = element('button', { type: 'button', class: 'secondary' });
  const tick = element('span', { class: 'tick' }, icon('M5 12.5l4.5 4.5L19 7.5'));
  const told = element('div', { role: 'status' }, thanks, contact);
  const root = element('section', { class: 'left', hidden: true }, tick, told, text, button);
  button.addEventListener('click', anew);

  function update(state: PageState, words: Words): void {
    const shown = screenOf(state) === 'left' && state.link.state !== 'refused';
    show(root, shown);
    if (!shown || state.leave === null) return;
    setText(thanks, words.say('left.thanks'));
    setText(contact, words.say('left.contact', { contact: state.leave.contact }));
    setText(text, state.leave.text);
    setText(button, words.say(closedOf(state, '') === null ? 'ended.again' : 'left.another'));
  }

  return { root, update, focus: () => button.focus() };
}
