import { element, setAttribute, setText, show } from '../dom';
import { entriesOf, type PageState, screenOf } from '../state';
import { sayPlace, sayWait, type Words } from '../words';

/** The place in line, large while there is nothing else to look at, a strip above a longer conversation. */
export function createQueue() {
  const caption = element('p', { class: 'caption' });
  const place = element('p', { class: 'place' });
  const wait = element('p', { class: 'wait' });
  const hint = element('p', { class: 'hint' });
  const root = element('section', { class: 'queue', hidden: true }, caption, place, wait, hint);

  function update(state: PageState, words: Words): void {
    show(root, screenOf(state) === 'queue');
    const { position = null, estimatedWaitSeconds = null } = state.conversation ?? {};
    const entries = entriesOf(state);
    setAttribute(root, 'data-compact', entries.length > 3);

    setText(caption, words.say(position === null ? 'queue.waiting' : 'queue.place'));
    setText(place, position === null ? '' : sayPlace(words, position));
    show(place, position !== null);
    const next = position === 1 ? words.say('queue.next') : words.say('queue.soon');
    setText(wait, estimatedWaitSeconds === null ? next : sayWait(words, estimatedWaitSeconds));
    setText(hint, words.say('queue.keepWriting'));
    // The line under one's own words says the same.
    show(hint, !entries.some((entry) => entry.from.kind === 'customer'));
  }

  return { root, update };
}
