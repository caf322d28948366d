import { isolated } from '../../../shared/plain-line';
import { ratingCommentMax, ratingRange } from '../../../shared/protocol/limits';
import type { OwnRating } from '../../../shared/protocol/rating';
import type { CustomerLaterKey } from '../../../shared/text/customer-later-en';
import { element, icon, setAttribute, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import type { Say } from './later-words';

export interface RatingActions {
  rate(conversationId: string, score: number, comment: string): void;
}

const star = 'M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2L12 17.3l-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z';
const scores = Array.from({ length: ratingRange.max }, (_, index) => index + 1);

/** What says why it was not taken; for anything else it can be tried again. */
const finalRefusals: readonly string[] = ['ratingLate', 'ratedAlready', 'ratingOff', 'unknownConversation'];

/** After the end: one to five stars and a comment, sent together; then thanks, and one change. */
export function createRating({ rate }: RatingActions, hubNow: () => number) {
  let conversationId = '';
  let chosen: number | null = null;
  let isChanging = false;
  let isSending = false;
  let given: OwnRating | null = null;
  /** Draws again what only this view has changed. */
  let redraw = () => {};

  const label = element('legend');
  const choices = scores.map((score) => {
    const input = element('input', { type: 'radio', name: 'score', value: String(score) });
    const name = element('span', { class: 'unseen' });
    input.addEventListener('change', () => {
      chosen = score;
      redraw();
    });
    return { score, input, name, root: element('label', { class: 'star' }, input, icon(star), name) };
  });
  const stars = element('div', { class: 'stars' }, ...choices.map(({ root }) => root));
  const said = element('p', { class: 'hint' });
  const scale = element('fieldset', {}, label, stars);
  const comment = element('textarea', { rows: '2', maxlength: String(ratingCommentMax), dir: 'auto' });
  const send = element('button', { type: 'submit', class: 'secondary' });
  const cancel = element('button', { type: 'button', class: 'link' });
  const more = element('div', { class: 'rating-more' }, comment, send, cancel);
  const form = element('form', { class: 'rating-form' }, scale, said, more);
  const thanks = element('p', { class: 'rating-thanks' });
  const own = element('p', { class: 'hint', dir: 'auto' });
  const change = element('button', { type: 'button', class: 'link' });
  const problem = element('p', { class: 'problem' });
  const told = element('div', { role: 'status' }, thanks, own, problem);
  const root = element('section', { class: 'rating', hidden: true }, form, told, change);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (chosen !== null) rate(conversationId, chosen, comment.value);
  });
  change.addEventListener('click', () => {
    isChanging = true;
    chosen = given?.score ?? null;
    comment.value = given?.comment ?? '';
    redraw();
    choices.find(({ score }) => score === chosen)?.input.focus();
  });
  cancel.addEventListener('click', () => {
    isChanging = false;
    redraw();
    change.focus();
  });

  /** What was chosen for another conversation, or before this one went on, is over. */
  function begin({ conversation }: PageState): void {
    const id = conversation?.stage === 'closed' ? conversation.conversationId : '';
    if (id === conversationId) return;
    conversationId = id;
    isChanging = false;
    chosen = null;
    comment.value = '';
  }

  function update(state: PageState, words: Words, say: Say): void {
    redraw = () => update(state, words, say);
    begin(state);
    const { conversation, rating: sent } = state;
    given = conversation?.rating ?? null;
    const mayRate = hubNow() < (conversation?.rateUntil ?? 0);
    const refused = sent?.refusedCode ?? null;
    const isOver = refused !== null && finalRefusals.includes(refused);
    if (isSending && sent === null) isChanging = false;
    isSending = sent !== null && refused === null;
    const isShown = screenOf(state) === 'ended' && state.link.state !== 'refused';
    show(root, isShown && (mayRate || given !== null || sent !== null));
    if (root.hidden) return;
    const asks = !isOver && (isSending || isChanging || given === null);
    show(form, asks);
    setText(label, say('rating.label'));
    for (const { score, input, name, root: choice } of choices) {
      input.checked = score === chosen;
      input.disabled = isSending;
      setAttribute(choice, 'data-lit', chosen !== null && score <= chosen);
      setText(name, say('rating.score', { score, word: say(`rating.word${score}` as CustomerLaterKey) }));
    }
    setText(said, chosen === null ? '' : say('rating.score', { score: chosen, word: wordOf(say, chosen) }));
    show(more, chosen !== null);
    setAttribute(comment, 'aria-label', say('rating.comment'));
    setAttribute(comment, 'placeholder', say('rating.comment'));
    comment.disabled = isSending;
    send.disabled = isSending;
    setText(send, say(isSending ? 'rating.sending' : 'rating.send'));
    show(cancel, given !== null && !isSending);
    setText(cancel, say('rating.cancel'));
    const isThanked = !asks && !isOver;
    setText(thanks, isThanked ? say('rating.thanks') : '');
    setText(own, isThanked && given ? ownWords(say, given, mayRate) : '');
    setText(problem, refused === null ? '' : refusalOf(say, words, refused));
    show(change, isThanked && mayRate);
    setText(change, say('rating.change'));
  }

  return { root, update };
}

function wordOf(say: Say, score: number): string {
  return say(`rating.word${score}` as CustomerLaterKey);
}

function ownWords(say: Say, { score, comment }: { score: number; comment: string }, mayChange: boolean): string {
  const rated = say('rating.score', { score, word: wordOf(say, score) });
  return [rated, isolated(comment), mayChange ? say('rating.changeOnce') : '']
    .filter((part) => part !== '')
    .join(' · ');
}

function refusalOf(say: Say, words: Words, code: string): string {
  if (code === 'ratingLate' || code === 'ratedAlready' || code === 'ratingOff') return say(`refused.${code}`);
  return code === 'unknownConversation' ? say('rating.failed') : words.refusal(code);
}
