import { contactMax, messageTextMax, nameMax } from '../../../shared/protocol/limits';
import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { element, setAttribute, setText, show } from '../dom';
import type { Keep } from '../keep';
import { closedOf, leaveReasonOf, screenOf, unansweredWords } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createField } from './field';
import { formIntro } from './form-intro';
import { createGroupChoice } from './group-choice';
import { refusalKey } from './refusal';

interface Opening {
  name?: string;
  contact?: string;
  groupId?: string;
  text?: string;
}

interface LeftWords {
  name?: string;
  contact: string;
  groupId?: string;
  text: string;
}

export interface FormActions {
  open(opening: Opening): void;
  leave(words: LeftWords): void;
  /** The first letter typed into a message that is left. */
  begun(): void;
  keepWaiting(): void;
  startAnew(): void;
}

/**
 * What is asked before the queue: a name, the matter if there are several, the first words if there are any. Where
 * nobody can take them up it asks how to reach the customer and leaves a message; the words typed stay the same ones.
 */
export function createForm(actions: FormActions, kept: Keep, now: () => number) {
  const why = element('p', { class: 'why', tabindex: '-1' });
  const when = element('p', { class: 'when' });
  const how = element('p', { class: 'how' });
  const intro = element('div', { class: 'intro', 'aria-live': 'polite' }, why, when, how);
  const name = element('input', { id: 'customer-name', type: 'text', autocomplete: 'name', dir: 'auto' });
  const contact = element('input', { id: 'customer-contact', type: 'text', autocomplete: 'email', dir: 'auto' });
  const message = element('textarea', {
    id: 'customer-message',
    rows: '3',
    dir: 'auto',
    maxlength: String(messageTextMax),
  });
  const choice = createGroupChoice(kept);
  const fields = {
    name: createField(name),
    group: choice.field,
    contact: createField(contact),
    message: createField(message),
  };
  const refusal = element('p', { class: 'problem', role: 'alert', hidden: true });
  const held = element('p', { class: 'hint', role: 'status', hidden: true });
  const submit = element('button', { type: 'submit', class: 'primary' });
  const back = element('button', { type: 'button', class: 'secondary' });
  const root = element(
    'form',
    { class: 'form', novalidate: true, hidden: true },
    intro,
    ...Object.values(fields).map((field) => field.root),
    refusal,
    held,
    element('div', { class: 'choices' }, back, submit),
  );

  contact.maxLength = contactMax;
  name.value = kept.get('form.name') ?? '';
  contact.value = kept.get('form.contact') ?? '';
  message.value = kept.get('form.text') ?? '';
  let nameTyped = name.value !== '';
  let messageTyped = message.value !== '';
  let problems: Problem[] = [];
  let last: { state: PageState; words: Words } | null = null;

  name.addEventListener('input', () => {
    nameTyped = true;
    kept.set('form.name', name.value);
    typed();
  });
  contact.addEventListener('input', () => {
    kept.set('form.contact', contact.value);
    typed();
  });
  message.addEventListener('input', () => {
    messageTyped = true;
    kept.set('form.text', message.value);
    typed();
  });
  choice.control.addEventListener('change', recheck);
  back.addEventListener('click', () => {
    if (last?.state.conversation?.stage === 'closed') actions.startAnew();
    else actions.keepWaiting();
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (submit.disabled || last === null) return;
    problems = found(last.state);
    update(last.state, last.words);
    const [first] = problems;
    if (first !== undefined) return controlOf(first.field).focus();
    const { state } = last;
    const groupId = groupOf(state);
    const own = isAsked(state, 'name') ? name.value.trim() : '';
    const common = { ...(own === '' ? {} : { name: own }), ...(groupId === '' ? {} : { groupId }) };
    const [text, reach] = [message.value.trim(), contact.value.trim()];
    if (leavesMessage(state)) return actions.leave({ ...common, contact: reach, text });
    const told = isAsked(state, 'contact') && reach !== '' ? { contact: reach } : {};
    actions.open({ ...common, ...told, ...(text === '' ? {} : { text }) });
  });

  function controlOf(field: Problem['field']): HTMLElement {
    return { name, group: choice.control, contact, message }[field];
  }

  /** What the office asks for; how to reach them for a message in any case. */
  function isAsked(state: PageState, what: 'name' | 'contact'): boolean {
    return (what === 'contact' && leavesMessage(state)) || state.office?.asks[what] !== 'off';
  }

  function isRequired(state: PageState, what: 'name' | 'contact'): boolean {
    return (what === 'contact' && leavesMessage(state)) || state.office?.asks[what] === 'required';
  }

  /** A message that belongs to a conversation goes to that one's group. Empty: the hub chooses. */
  function groupOf(state: PageState): string {
    return screenOf(state) === 'form' && state.office?.asks.group ? choice.control.value : '';
  }

  function choiceIsAsked(state: PageState): boolean {
    const { groups = [], asks } = state.office ?? {};
    return screenOf(state) === 'form' && asks?.group === true && groups.length > 1;
  }

  function leavesMessage(state: PageState): boolean {
    if (screenOf(state) === 'leave' || state.leave?.delivery === 'sending') return true;
    return closedOf(state, groupOf(state)) !== null;
  }

  function found(state: PageState): Problem[] {
    const all: Problem[] = [];
    if (isRequired(state, 'name') && name.value.trim() === '') all.push({ field: 'name', key: 'form.nameMissing' });
    if (isAsked(state, 'name') && name.value.trim().length > nameMax) all.push({ field: 'name', key: 'form.nameLong' });
    if (choiceIsAsked(state) && choice.control.value === '') all.push({ field: 'group', key: 'form.groupMissing' });
    if (isRequired(state, 'contact') && contact.value.trim() === '')
      all.push({ field: 'contact', key: 'leave.contactMissing' });
    if (leavesMessage(state) && message.value.trim() === '') all.push({ field: 'message', key: 'leave.textMissing' });
    return all;
  }

  function typed(): void {
    if (last !== null && screenOf(last.state) === 'leave') actions.begun();
    recheck();
  }

  /** A mended field stops complaining at once; a new complaint waits for the next try. */
  function recheck(): void {
    if (last === null) return;
    const now = found(last.state).map((problem) => problem.key);
    problems = problems.filter((problem) => now.includes(problem.key));
    update(last.state, last.words);
  }

  function update(state: PageState, words: Words): void {
    last = { state, words };
    const screen = screenOf(state);
    const shown = (screen === 'form' || screen === 'leave') && state.link.state !== 'refused';
    show(root, shown);
    if (!nameTyped && state.office?.customerName) name.value = state.office.customerName;
    choice.update(state, words);
    if (!messageTyped) message.value = screen === 'leave' ? unansweredWords(state).slice(0, messageTextMax) : '';

    const leaves = leavesMessage(state);
    // The field goes away when the office opens; whoever is in it should not fall out of the form.
    if (!isAsked(state, 'contact') && document.activeElement === contact) message.focus();
    const { leave, opening } = state;
    const sending = leave?.delivery === 'sending';
    const busy = sending || (opening !== null && opening.refusal === null);

    if (shown) updateIntro(state, words);
    show(fields.name.root, isAsked(state, 'name'));
    show(fields.group.root, choiceIsAsked(state));
    show(fields.contact.root, isAsked(state, 'contact'));
    const optional = words.say('form.optional');
    fields.name.label(words.say('form.name'), isRequired(state, 'name') ? '' : optional);
    fields.group.label(words.say('form.group'));
    const reachBy = words.say('leave.contactHint');
    fields.contact.label(
      words.say('leave.contact'),
      isRequired(state, 'contact') ? reachBy : `${reachBy}, ${optional}`,
    );
    fields.message.label(words.say('form.message'), leaves ? '' : optional);
    for (const [each, field] of Object.entries(fields)) {
      const problem = problems.find((one) => one.field === each);
      field.problem(problem === undefined ? '' : words.say(problem.key, { max: nameMax }));
    }

    const failed = leaves && leave?.delivery === 'failed';
    const code = failed ? leave.refusedCode : leaves ? null : (opening?.refusal?.code ?? null);
    const failure = failed ? words.say('leave.failed') : '';
    setText(refusal, code === null ? '' : `${failure} ${words.say(refusalKey(code))}`.trimStart());
    show(refusal, code !== null);
    const waitsForLink = sending && state.link.state !== 'up';
    setText(held, waitsForLink ? words.say('leave.held') : '');
    show(held, waitsForLink);
    for (const control of [name, choice.control, contact, message, submit]) control.disabled = busy;
    setText(submit, words.say(waitsForLink ? 'link.connecting' : submitKey(leaves, busy, failed)));
    show(back, leaveReasonOf(state) !== null && !busy);
    const over = state.conversation?.stage === 'closed';
    setText(back, words.say(over ? 'ended.again' : 'end.leaveCancel'));
    setAttribute(root, 'data-leaves', leaves);
  }

  function updateIntro(state: PageState, words: Words): void {
    const said = formIntro(state, words, groupOf(state), now());
    for (const [line, text] of [
      [why, said.why],
      [when, said.when],
      [how, said.how],
    ] as const) {
      setText(line, text);
      show(line, text !== '');
    }
  }

  /** The words are with the hub: the next conversation begins with an empty field. */
  function sent(): void {
    message.value = '';
    messageTyped = false;
    kept.set('form.text', null);
  }

  return {
    root,
    update,
    sent,
    /** What was typed and not sent, for somebody who is there now; empties the field. */
    takeTyped(): string {
      const typedWords = messageTyped ? message.value.trim() : '';
      sent();
      return typedWords;
    },
    focus: () => ([name, contact, message].find((each) => each.value === '' && isShown(each)) ?? message).focus(),
    /** To be read first: what stands here now came by itself. */
    focusIntro: () => why.focus(),
  };
}

interface Problem {
  field: 'name' | 'group' | 'contact' | 'message';
  key: CustomerTextKey;
}

function isShown(control: HTMLElement): boolean {
  return control.closest('[hidden]') === null;
}

function submitKey(leaves: boolean, busy: boolean, failed: boolean): CustomerTextKey {
  if (!leaves) return busy ? 'form.starting' : 'form.start';
  return busy ? 'delivery.sending' : failed ? 'delivery.retry' : 'leave.send';
}
