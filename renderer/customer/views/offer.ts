import { element, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';

export interface OfferActions {
  keepWaiting(): void;
  chooseMessage(): void;
}

/** In the queue while no agent is online: keep waiting or leave a message; the latter stays possible. */
export function createOffer(actions: OfferActions) {
  const why = element('p');
  const wait = element('button', { type: 'button', class: 'secondary' });
  const leave = element('button', { type: 'button', class: 'secondary' });
  const root = element(
    'section',
    { class: 'offer', hidden: true },
    element('div', { role: 'status' }, why),
    element('div', { class: 'choices' }, wait, leave),
  );
  leave.addEventListener('click', actions.chooseMessage);
  wait.addEventListener('click', () => {
    actions.keepWaiting();
    leave.focus();
  });

  function update(state: PageState, words: Words): void {
    const shown =
      screenOf(state) === 'queue' && state.conversation?.mayLeaveMessage === true && state.link.state !== 'refused';
    show(root, shown);
    const asks = shown && !state.keepsWaiting;
    setText(why, asks ? words.say('offer.question') : '');
    show(why, asks);
    show(wait, asks);
    setText(wait, words.say('end.leaveCancel'));
    setText(leave, words.say(asks ? 'leave.send' : 'offer.leaveInstead'));
  }

  return { root, update };
}
