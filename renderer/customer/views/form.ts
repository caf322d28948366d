import type { messageTextMax } from '../../../shared/protocol/fields';
import { element, setAttribute, setText, show } from '../dom';
import type { Keep } from '../keep';
import { type PageState, screenOf } from '../state';
import type { Words } from '../words';
import { refusalKey } from './refusal';

/** Typed against the wire's own figure, so that the page says the same without carrying the schemas. */
const textMax: typeof messageTextMax = 4_000;
const nameMax = 80;

export interface Opening {
  name: string;
  groupId?: string;
  text?: string;
}

type Problem = 'nameMissing' | 'nameLong' | 'groupMissing';

/** What is asked before the queue: a name, the matter if there are several, the first words if there are any. */
export function createForm(open: (opening: Opening) => void, kept: Keep) {
  const intro = element('p', { class: 'intro' });
  const name = element('input', { id: 'customer-name', type: 'text', autocomplete: 'name', dir: 'auto' });
  const group = element('select', { id: 'customer-group' });
  const message = element('textarea', { id: 'customer-message', rows: '3', dir: 'auto', maxlength: String(textMax) });
  const nameField = field(name);
  const groupField = field(group);
  const messageField = field(message);
  const refusal = element('p', { class: 'problem', role: 'alert', hidden: true });
  const start = element('button', { type: 'submit', class: 'primary' });
  const root = element(
    'form',
    { class: 'form', novalidate: true, hidden: true },
    intro,
    nameField.root,
    groupField.root,
    messageField.root,
    refusal,
    start,
  );

  name.value = kept.get('form.name') ?? '';
  message.value = kept.get('form.text') ?? '';
  let nameTouched = name.value !== '';
  let groupsShown = '';
  let problems: Problem[] = [];
  let last: { state: PageState; words: Words } | null = null;

  name.addEventListener('input', () => {
    nameTouched = true;
    kept.set('form.name', name.value);
    recheck();
  });
  group.addEventListener('change', () => {
    kept.set('form.group', group.value);
    recheck();
  });
  message.addEventListener('input', () => kept.set('form.text', message.value));
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (start.disabled || last === null) return;
    problems = found(last.state);
    update(last.state, last.words);
    if (problems.length > 0) return (problems[0] === 'groupMissing' ? group : name).focus();
    const text = message.value.trim();
    open({
      name: name.value.trim(),
      ...(group.value === '' ? {} : { groupId: group.value }),
      ...(text === '' ? {} : { text }),
    });
  });

  function found(state: PageState): Problem[] {
    const all: Problem[] = [];
    if (name.value.trim() === '') all.push('nameMissing');
    if (name.value.trim().length > nameMax) all.push('nameLong');
    if ((state.office?.groups.length ?? 0) > 1 && group.value === '') all.push('groupMissing');
    return all;
  }

  /** A mended field stops complaining at once; a new complaint waits for the next try. */
  function recheck(): void {
    if (last === null || problems.length === 0) return;
    const now = found(last.state);
    problems = problems.filter((problem) => now.includes(problem));
    update(last.state, last.words);
  }

  function updateGroups(state: PageState, words: Words): void {
    const groups = state.office?.groups ?? [];
    show(groupField.root, groups.length > 1);
    const shown = JSON.stringify([words.language, groups]);
    if (shown === groupsShown) return;
    groupsShown = shown;
    const chosen = group.value || kept.get('form.group') || '';
    const choose = element('option', { value: '' }, words.say('form.groupChoose'));
    group.replaceChildren(choose, ...groups.map((each) => element('option', { value: each.groupId }, each.name)));
    group.value = groups.some((each) => each.groupId === chosen)
      ? chosen
      : groups.length === 1
        ? groups[0]!.groupId
        : '';
  }

  function update(state: PageState, words: Words): void {
    last = { state, words };
    show(root, screenOf(state) === 'form' && state.link.state !== 'refused');
    const busy = state.opening !== null && state.opening.refusal === null;
    if (!nameTouched && state.office?.customerName) name.value = state.office.customerName;
    updateGroups(state, words);

    setText(intro, words.say('form.intro'));
    nameField.label(words.say('form.name'));
    groupField.label(words.say('form.group'));
    messageField.label(words.say('form.message'), words.say('form.messageOptional'));
    const nameProblem = problems.find((problem) => problem !== 'groupMissing');
    nameField.problem(nameProblem === undefined ? '' : words.say(`form.${nameProblem}`, { max: nameMax }));
    groupField.problem(problems.includes('groupMissing') ? words.say('form.groupMissing') : '');

    const refused = state.opening?.refusal?.code;
    setText(refusal, refused === undefined ? '' : words.say(refusalKey(refused)));
    show(refusal, refused !== undefined);
    for (const control of [name, group, message, start]) control.disabled = busy;
    setText(start, words.say(busy ? 'form.starting' : 'form.start'));
  }

  /** The words are with the hub: the next conversation begins with an empty field. */
  function opened(): void {
    message.value = '';
    kept.set('form.text', null);
  }

  return { root, update, opened, focus: () => (name.value === '' ? name : message).focus() };
}

/** A control with its label and room for what is wrong with it. */
function field(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement) {
  const label = element('label', { for: control.id });
  const hint = element('span', { class: 'hint', id: `${control.id}-hint`, hidden: true });
  const problem = element('p', { class: 'problem', id: `${control.id}-problem`, hidden: true });
  const root = element(
    'div',
    { class: 'field' },
    element('div', { class: 'field-head' }, label, hint),
    control,
    problem,
  );
  return {
    root,
    label(words: string, hintWords = ''): void {
      setText(label, words);
      setText(hint, hintWords);
      show(hint, hintWords !== '');
      if (hintWords !== '') setAttribute(control, 'aria-describedby', hint.id);
    },
    problem(words: string): void {
      setText(problem, words);
      show(problem, words !== '');
      setAttribute(control, 'aria-invalid', words === '' ? null : 'true');
      setAttribute(control, 'aria-describedby', words === '' ? (hint.hidden ? null : hint.id) : problem.id);
    },
  };
}
