import { element } from '../dom';
import type { Keep } from '../keep';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createField } from './field';

/** What it is about. Closed groups are offered too, marked as such, because a message can be left there. */
export function createGroupChoice(kept: Keep) {
  const control = element('select', { id: 'customer-group' });
  let shown = '';
  control.addEventListener('change', () => kept.set('form.group', control.value));

  function update(state: PageState, words: Words): void {
    const options = (state.office?.groups ?? []).map(({ groupId, name, open }) => ({
      groupId,
      label: open ? name : words.say('form.groupClosed', { name }),
    }));
    const wanted = JSON.stringify([words.language, options]);
    if (wanted === shown) return;
    shown = wanted;
    const chosen = control.value || kept.get('form.group') || '';
    const choose = element('option', { value: '' }, words.say('form.groupChoose'));
    control.replaceChildren(choose, ...options.map((each) => element('option', { value: each.groupId }, each.label)));
    const only = options.length === 1 ? options[0]?.groupId : undefined;
    control.value = options.some((each) => each.groupId === chosen) ? chosen : (only ?? '');
  }

  return { field: createField(control), control, update };
}
