import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { element, setText, show } from '../dom';
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

/** After the end or the erasure: who or what ended the conversation, and a button for a new one. */
export function createEnded(again: () => void) {
  const who = element('p', { class: 'who' });
  const thanks = element('p', { class: 'hint' });
  const button = element('button', { type: 'button', class: 'primary' });
  const root = element('section', { class: 'ended', role: 'status', hidden: true }, who, thanks, button);
  button.addEventListener('click', again);

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    const shown = (screen === 'ended' || screen === 'erased') && state.link.state !== 'refused';
    show(root, shown);
    if (!shown) return;
    setText(button, words.say('ended.again'));
    if (screen === 'erased') {
      setText(who, words.say('erased.title'));
      setText(thanks, words.say('erased.body'));
      return;
    }
    const name = lastAgentName(state);
    const [sentence, hint] = sentences[endOf(state)];
    const unnamed = sentence === 'ended.byAgent' && name === null;
    setText(who, unnamed ? words.say('ended.byAgentUnnamed') : words.say(sentence, name === null ? {} : { name }));
    setText(thanks, words.say(hint));
  }

  return { root, update, focus: () => button.focus() };
}
