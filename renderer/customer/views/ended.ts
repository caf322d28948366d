import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { element, setAttribute, setText, show } from '../dom';
import { type End, endOf, lastAgentName, screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';

const sentences: Readonly<Record<End, [CustomerTextKey, CustomerTextKey]>> = {
  agent: ['ended.byAgent', 'ended.thanks'],
  customer: ['ended.byCustomer', 'ended.thanks'],
  leftLine: ['ended.leftLine', 'end.body'],
  silence: ['ended.silence', 'end.body'],
  waitLimit: ['ended.waitLimit', 'ended.sorry'],
  // Shown once the block is lifted; until then the page says that it is blocked.
  blocked: ['ended.blocked', 'end.body'],
};

export interface EndedActions {
  startAnew(): void;
  reopen(): void;
}

/** After the end or the erasure: who or what ended the conversation, and buttons to go on with it or for a new one. */
export function createEnded({ startAnew, reopen }: EndedActions, hubNow: () => number) {
  const who = element('p', { class: 'who' });
  const thanks = element('p', { class: 'hint' });
  const goOn = element('button', { type: 'button', class: 'primary' });
  const again = element('button', { type: 'button' });
  const root = element('section', { class: 'ended', role: 'status', hidden: true }, who, thanks, goOn, again);
  goOn.addEventListener('click', reopen);
  again.addEventListener('click', startAnew);

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    const shown = (screen === 'ended' || screen === 'erased') && state.link.state !== 'refused';
    show(root, shown);
    if (!shown) return;
    const { conversation, reopening } = state;
    const refused = reopening?.refusedCode ?? null;
    show(goOn, screen === 'ended' && refused === null && hubNow() < (conversation?.reopenUntil ?? 0));
    goOn.disabled = reopening !== null;
    setText(goOn, words.say('ended.reopen'));
    setAttribute(again, 'class', goOn.hidden ? 'primary' : 'secondary');
    setText(again, words.say('ended.again'));
    if (screen === 'erased') {
      setText(who, words.say('erased.title'));
      setText(thanks, words.say('erased.body'));
      return;
    }
    setText(who, sayEnd(state, words));
    setText(thanks, refused === null ? words.say(sentences[endOf(state)][1]) : words.refusal(refused));
  }

  return { root, update, focus: () => (goOn.hidden ? again : goOn).focus() };
}

export function sayEnd(state: PageState, words: Words): string {
  const agent = lastAgentName(state);
  const [sentence] = sentences[endOf(state)];
  const unnamed = sentence === 'ended.byAgent' && agent === null;
  return unnamed ? words.say('ended.byAgentUnnamed') : words.say(sentence, agent === null ? {} : { agent });
}
