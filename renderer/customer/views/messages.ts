import type { Clock } from '../../../shared/client/clock';
import { element, icon, setAttribute, setText, show } from '../dom';
import { type Entry, entriesOf, screenOf } from '../reading';
import type { PageState } from '../state';
import { midnight, sayDay, sayLine, type Words } from '../words';
import type { AttachmentPorts } from './attachments';
import { followEnd } from './follow-end';
import { bubbleRow, type Row, type RowActions, rowContexts, systemRow } from './message-rows';

export interface MessageActions extends RowActions {
  askEarlier(): void;
}

/** The conversation: earlier messages on request, a line per day, the agent's typing, and a way back to the newest. */
export function createMessages(actions: MessageActions, ports: AttachmentPorts & { clock: Clock }) {
  const earlier = element('button', { type: 'button', class: 'link earlier', hidden: true });
  const list = element('ol', { class: 'messages' });
  const typing = createTyping();
  const scroller = element(
    'div',
    { class: 'scroller', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0' },
    earlier,
    list,
    typing.root,
  );
  const newerLabel = element('span');
  const newer = element('button', { type: 'button', class: 'newer', hidden: true }, newerLabel, icon('M6 9l6 6 6-6'));
  const root = element('div', { class: 'talk' }, scroller, newer);
  const end = followEnd(scroller, newer);
  let rows = new Map<string, Row>();
  earlier.addEventListener('click', actions.askEarlier);

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    show(root, screen === 'queue' || screen === 'chat' || screen === 'ended');
    setAttribute(scroller, 'aria-label', words.say('messages.label'));
    setText(newerLabel, words.say('messages.newer'));
    setText(earlier, words.say('messages.earlier'));
    show(earlier, state.earlier !== null);
    setAttribute(earlier, 'disabled', state.earlier?.askedBy != null || state.link.state !== 'up');
    typing.update(state, words);
    const entries = entriesOf(state).filter((entry) => entry.attachments.length > 0 || sayLine(words, entry) !== null);
    const added = entries.filter((entry) => !rows.has(entry.key));
    place(updateRows(entries, state, words));
    if (end.isAtEnd() || added.some((entry) => entry.delivery === 'sending')) end.scrollToEnd();
    else if (added.some((entry) => entry === entries.at(-1))) show(newer, true);
  }

  /** The rows to show; those of before are used again. */
  function updateRows(entries: readonly Entry[], state: PageState, words: Words): HTMLLIElement[] {
    const used = new Map<string, Row>();
    const rowOf = (key: string, create: () => Row) => {
      const row = rows.get(key) ?? create();
      used.set(key, row);
      return row;
    };
    const shown: HTMLLIElement[] = [];
    const nowMs = ports.clock.now();
    let day = midnight(nowMs);
    const contexts = rowContexts(entries, state);
    for (const [index, entry] of entries.entries()) {
      const context = contexts[index]!;
      if (midnight(entry.at) !== day) {
        day = midnight(entry.at);
        const divider = rowOf(`day:${day}`, dayRow).root;
        setText(divider, sayDay(words, entry.at, nowMs));
        shown.push(divider);
      }
      const create = () => (entry.from.kind === 'system' ? systemRow() : bubbleRow(entry.key, actions, ports));
      const row = rowOf(entry.key, create);
      row.update(entry, context, words);
      shown.push(row.root);
    }
    rows = used;
    return shown;
  }

  /** Earlier messages are put above without moving what is being read. */
  function place(shown: readonly HTMLElement[]): void {
    const first = list.querySelector<HTMLLIElement>('li:not(.day)');
    const topPx = first?.offsetTop ?? 0;
    setChildren(list, shown);
    if (first?.isConnected && first.offsetTop > topPx) scroller.scrollTop += first.offsetTop - topPx;
  }

  return { root, update };
}

function dayRow(): Row {
  return { root: element('li', { class: 'day' }), update: () => {} };
}

function createTyping() {
  const name = element('span', { class: 'unseen' });
  const dots = [element('i'), element('i'), element('i')];
  const root = element('p', { class: 'typing', 'aria-live': 'off', hidden: true }, ...dots, name);
  return {
    root,
    update(state: PageState, words: Words): void {
      const agentName = state.typing ? (state.conversation?.agentName ?? null) : null;
      show(root, agentName !== null);
      setText(name, agentName === null ? '' : words.say('messages.typing', { name: agentName }));
    },
  };
}

/** Moves only what is not in its place, so that nothing on screen is announced or animated twice. */
function setChildren(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of Array.from(list.children)) if (!keep.has(child)) child.remove();
  wanted.forEach((row, index) => {
    const there = list.children[index];
    if (there !== row) list.insertBefore(row, there ?? null);
  });
}
