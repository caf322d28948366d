import { element, setAttribute, setText, show } from '../dom';
import { entriesOf, screenOf } from '../reading';
import type { PageState } from '../state';
import { sayPlace, sayWait, type Words } from '../words';

/** The place in the queue: large at first, a strip above a longer conversation. */
export function createQueue() {
  const caption = element('p', { class: 'caption' });
  const place = element('p', { class: 'place' });
  const wait = element('p', { class: 'wait' });
  const hint = element('p', { class: 'hint' });
  const root = element('section', { class: 'queue', hidden: true }, caption, place, wait, hint);

  function update(state: PageState, words: Words): void {
    show(root, screenOf(state) === 'queue');
    const position = state.conversation?.position ?? null;
    const entries = entriesOf(state);
    setAttribute(root, 'data-compact', entries.length > 3);

    const spoken = position === null ? '' : sayPlace(words, position);
    setText(caption, position === null ? words.say('queue.waiting') : words.say('queue.place', { place: spoken }));
    setText(place, spoken);
    show(place, position !== null);
    setText(wait, sayProspect(state.conversation, words));
    setText(hint, words.say('queue.keepWriting'));
    // The note under the customer's own message says the same.
    show(hint, !entries.some((entry) => entry.from.kind === 'customer'));
  }

  return { root, update };
}

function sayProspect(conversation: PageState['conversation'], words: Words): string {
  if (conversation === null) return '';
  const { position, estimatedWaitSeconds, nobodyHere, longerThanUsual, mayLeaveMessage } = conversation;
  if (longerThanUsual) return words.say('queue.longer');
  if (mayLeaveMessage) return words.say('leave.nobodyHere');
  if (nobodyHere) return words.say('queue.nobodyHere');
  if (estimatedWaitSeconds !== null) return sayWait(words, estimatedWaitSeconds);
  return words.say(position === 1 ? 'queue.next' : 'queue.soon');
}
