import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { element, setAttribute, setLinkedText, setText, show } from '../dom';
import {
  type FormShape,
  formShape,
  type MessageForLater,
  messageForLaterOf,
  type Opening,
  openingOf,
  type Problem,
  problemsOf,
} from '../form-shape';
import type { Keep } from '../keep';
import { leaveReasonOf, screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createFormFields } from './form-fields';
import { formIntro } from './form-intro';

export interface FormActions {
  openConversation(opening: Opening): void;
  leaveMessage(message: MessageForLater): void;
  /** The first letter of a message for later is typed. */
  beginMessage(): void;
  keepWaiting(): void;
  startAnew(): void;
}

/**
 * What is asked before the queue: a name, the matter if there are several, the first message if there is one already.
 * Where no agent can serve the customer it asks how to reach them and leaves a message; the typed text stays.
 * `now` is in epoch milliseconds.
 */
export function createForm(actions: FormActions, kept: Keep, now: () => number) {
  const intro = createIntro();
  const fields = createFormFields(kept, {
    typed() {
      if (shown !== null && screenOf(shown.state) === 'leave') actions.beginMessage();
    },
    changed: recheck,
  });
  const refusal = element('p', { class: 'problem', role: 'alert', hidden: true });
  const held = element('p', { class: 'hint', role: 'status', hidden: true });
  const submit = element('button', { type: 'submit', class: 'primary' });
  const back = element('button', { type: 'button', class: 'secondary' });
  const choices = element('div', { class: 'choices' }, back, submit);
  const attributes = { class: 'form', novalidate: true, hidden: true };
  const root = element('form', attributes, intro.root, ...fields.roots, refusal, held, choices);
  let problems: Problem[] = [];
  let shown: { state: PageState; words: Words } | null = null;

  back.addEventListener('click', () => {
    if (shown?.state.conversation?.stage === 'closed') actions.startAnew();
    else actions.keepWaiting();
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (submit.disabled || shown === null) return;
    const values = fields.values();
    const shape = formShape(shown.state, values.groupId);
    problems = problemsOf(shape, values);
    update(shown.state, shown.words);
    const [first] = problems;
    if (first !== undefined) fields.focus(first.field);
    else if (shape.leavesMessage) actions.leaveMessage(messageForLaterOf(shape, values));
    else actions.openConversation(openingOf(shape, values));
  });

  /** A corrected field stops complaining at once; a new complaint waits for the next try. */
  function recheck(): void {
    if (shown === null) return;
    const values = fields.values();
    const keys = problemsOf(formShape(shown.state, values.groupId), values).map(({ key }) => key);
    problems = problems.filter(({ key }) => keys.includes(key));
    update(shown.state, shown.words);
  }

  function update(state: PageState, words: Words): void {
    shown = { state, words };
    const screen = screenOf(state);
    const isShown = (screen === 'form' || screen === 'leave') && state.link.state !== 'refused';
    show(root, isShown);
    fields.prefill(state, words);
    const shape = formShape(state, fields.values().groupId);
    const sending = sendingOf(state, shape);
    const isBusy = sending.step === 'sending' || sending.step === 'held';
    if (isShown) intro.update(state, words, shape.groupId, now());
    fields.update(shape, problems, isBusy, words);
    setText(refusal, sayRefusal(sending, words));
    show(refusal, refusal.textContent !== '');
    setText(held, sending.step === 'held' ? words.say('leave.held') : '');
    show(held, sending.step === 'held');
    submit.disabled = isBusy;
    setText(submit, words.say(submitKey(sending, shape)));
    show(back, leaveReasonOf(state) !== null && !isBusy);
    setText(back, words.say(state.conversation?.stage === 'closed' ? 'ended.again' : 'end.leaveCancel'));
    setAttribute(root, 'data-leaves', shape.leavesMessage);
  }

  return {
    root,
    update,
    /** The hub has the text: the next conversation begins with an empty field. */
    sent: fields.emptyText,
    takeTyped: fields.takeTypedText,
    focus: fields.focusFirstEmpty,
    focusIntro: intro.focus,
  };
}

/** Where what was written in the form is on its way to the hub. */
type Sending =
  | { step: 'writing' }
  | { step: 'sending' }
  /** Until there is a link again. */
  | { step: 'held' }
  /** The hub turned it down. */
  | { step: 'refused'; code: string }
  /** A message for later was not taken; null: no reason is known. */
  | { step: 'failed'; code: string | null };

function sendingOf({ leave, opening, link }: PageState, { leavesMessage }: FormShape): Sending {
  if (leave?.delivery === 'sending') return { step: link.state === 'up' ? 'sending' : 'held' };
  if (opening !== null && opening.refusal === null) return { step: 'sending' };
  if (leavesMessage)
    return leave?.delivery === 'failed' ? { step: 'failed', code: leave.refusedCode } : { step: 'writing' };
  return opening === null || opening.refusal === null
    ? { step: 'writing' }
    : { step: 'refused', code: opening.refusal.code };
}

function sayRefusal(sending: Sending, words: Words): string {
  if (sending.step === 'refused') return words.refusal(sending.code);
  if (sending.step !== 'failed' || sending.code === null) return '';
  return `${words.say('leave.failed')} ${words.refusal(sending.code)}`.trimStart();
}

function submitKey({ step }: Sending, { leavesMessage }: FormShape): CustomerTextKey {
  if (step === 'held') return 'link.connecting';
  if (step === 'sending') return leavesMessage ? 'delivery.sending' : 'form.starting';
  if (!leavesMessage) return 'form.start';
  return step === 'failed' ? 'delivery.retry' : 'leave.send';
}

/** What the form is for, above its fields. */
function createIntro() {
  const why = element('p', { class: 'why', tabindex: '-1' });
  const when = element('p', { class: 'when' });
  const how = element('p', { class: 'how' });
  return {
    root: element('div', { class: 'intro', 'aria-live': 'polite' }, why, when, how),
    update(state: PageState, words: Words, groupId: string, nowMs: number): void {
      const said = formIntro(state, words, groupId, nowMs);
      const lines = [
        [why, said.why],
        [when, said.when],
        [how, said.how],
      ] as const;
      for (const [line, text] of lines) {
        setLinkedText(line, text);
        show(line, text !== '');
      }
    },
    /** To be read first: what stands here has appeared by itself. */
    focus: () => why.focus(),
  };
}
