import { contactMax, messageTextMax, nameMax } from '../../../shared/protocol/limits';
import { element, show } from '../dom';
import type { FieldName, FormShape, FormValues, Problem } from '../form-shape';
import type { Keep } from '../keep';
import { screenOf, unansweredWords } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createField } from './field';
import { createGroupChoice } from './group-choice';

interface FieldEvents {
  /** Not for a new choice of the group. */
  typed(): void;
  changed(): void;
}

/** The form's fields. What is typed is kept over a reload; what is not typed is filled in as far as it is known. */
export function createFormFields(kept: Keep, on: FieldEvents) {
  const name = element('input', { id: 'customer-name', type: 'text', autocomplete: 'name', dir: 'auto' });
  const contact = element('input', { id: 'customer-contact', type: 'text', autocomplete: 'email', dir: 'auto' });
  const maxlength = String(messageTextMax);
  const text = element('textarea', { id: 'customer-message', rows: '3', dir: 'auto', maxlength });
  contact.maxLength = contactMax;
  const choice = createGroupChoice(kept);
  const controls = { name, group: choice.control, contact, text };
  const fields = {
    name: createField(name),
    group: choice.field,
    contact: createField(contact),
    text: createField(text),
  };
  name.value = kept.get('form.name') ?? '';
  contact.value = kept.get('form.contact') ?? '';
  text.value = kept.get('form.text') ?? '';
  let nameTyped = name.value !== '';
  let textTyped = text.value !== '';

  name.addEventListener('input', () => {
    nameTyped = true;
    kept.set('form.name', name.value);
  });
  contact.addEventListener('input', () => kept.set('form.contact', contact.value));
  text.addEventListener('input', () => {
    textTyped = true;
    kept.set('form.text', text.value);
  });
  for (const control of [name, contact, text])
    control.addEventListener('input', () => {
      on.typed();
      on.changed();
    });
  choice.control.addEventListener('change', on.changed);

  function label({ name, contact, text }: FormShape, words: Words): void {
    const optional = words.say('form.optional');
    const reachBy = words.say('leave.contactHint');
    fields.name.label(words.say('form.name'), name === 'required' ? '' : optional);
    fields.group.label(words.say('form.group'));
    fields.contact.label(words.say('leave.contact'), contact === 'required' ? reachBy : `${reachBy}, ${optional}`);
    fields.text.label(words.say('form.message'), text === 'required' ? '' : optional);
  }

  function emptyText(): void {
    text.value = '';
    textTyped = false;
    kept.set('form.text', null);
  }

  return {
    roots: Object.values(fields).map((field) => field.root),
    values: (): FormValues => ({
      name: name.value.trim(),
      contact: contact.value.trim(),
      text: text.value.trim(),
      groupId: choice.control.value,
    }),
    prefill(state: PageState, words: Words): void {
      if (!nameTyped && state.office?.customerName) name.value = state.office.customerName;
      choice.update(state, words);
      if (textTyped) return;
      text.value = screenOf(state) === 'leave' ? unansweredWords(state).slice(0, messageTextMax) : '';
    },
    update(shape: FormShape, problems: readonly Problem[], isBusy: boolean, words: Words): void {
      // The field goes away when the office opens; the focus should not fall out of the form with it.
      if (shape.contact === 'off' && document.activeElement === contact) text.focus();
      label(shape, words);
      for (const each of fieldNames) {
        const problem = problems.find(({ field }) => field === each);
        show(fields[each].root, shape[each] !== 'off');
        fields[each].problem(problem === undefined ? '' : words.say(problem.key, { max: nameMax }));
        controls[each].disabled = isBusy;
      }
    },
    focus: (field: FieldName) => controls[field].focus(),
    focusFirstEmpty: () => ([name, contact, text].find((each) => each.value === '' && isShown(each)) ?? text).focus(),
    emptyText,
    /** What was typed, not what was filled in; the field is empty afterwards. */
    takeTypedText(): string {
      const typed = textTyped ? text.value.trim() : '';
      emptyText();
      return typed;
    },
  };
}

const fieldNames: readonly FieldName[] = ['name', 'group', 'contact', 'text'];

function isShown(control: HTMLElement): boolean {
  return control.closest('[hidden]') === null;
}
