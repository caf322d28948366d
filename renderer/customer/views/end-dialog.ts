import { element, setText } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';

/** Asks for confirmation before a conversation or a place in the queue is given up. */
export function createEndDialog(leave: () => void) {
  const title = element('h2', { id: 'end-title' });
  const body = element('p', { id: 'end-body' });
  const cancel = element('button', { type: 'button', class: 'secondary' });
  const confirm = element('button', { type: 'button', class: 'primary' });
  const root = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': title.id, 'aria-describedby': body.id },
    title,
    body,
    element('div', { class: 'choices' }, cancel, confirm),
  );
  cancel.addEventListener('click', () => root.close());
  confirm.addEventListener('click', () => {
    root.close();
    leave();
  });

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    const queue = screen === 'queue';
    // Ended from elsewhere: there is nothing left to ask.
    if (root.open && !queue && screen !== 'chat') root.close();
    setText(title, words.say(queue ? 'end.leaveTitle' : 'end.title'));
    setText(body, words.say(queue ? 'end.leaveBody' : 'end.body'));
    setText(cancel, words.say(queue ? 'end.leaveCancel' : 'end.cancel'));
    setText(confirm, words.say(queue ? 'end.leaveConfirm' : 'end.confirm'));
  }

  return { root, update, ask: () => root.showModal() };
}
