import { isFrameFault } from '../../../shared/client/answer';
import { element, icon, setAttribute, setText, show } from '../dom';
import type { PagePorts } from '../page';
import { type Entry, entriesOf, screenOf } from '../reading';
import type { PageState } from '../state';
import { midnight, sayDay, sayLine, sayTime, type Words } from '../words';
import { type AttachmentPorts, createAttachments } from './attachments';
import { refusalKey } from './refusal';

export interface MessageActions {
  retry(cid: string): void;
  edit(cid: string): void;
  discard(cid: string): void;
  askEarlier(): void;
}

interface Row {
  root: HTMLLIElement;
  update(entry: Entry, place: Place, words: Words): void;
}

/** What a row needs to know of its neighbours. */
interface Place {
  runStart: boolean;
  runEnd: boolean;
  showName: boolean;
  lastOwn: boolean;
  stage: 'waiting' | 'active' | 'closed';
  linkUp: boolean;
}

/** Words of one person this close together share one time. */
const runMs = 2 * 60_000;
/** Nearer to the end than this counts as reading the newest, in CSS pixels. */
const nearEndPx = 60;

export function createMessages(actions: MessageActions, ports: AttachmentPorts & Pick<PagePorts, 'clock'>) {
  const now = () => ports.clock.now();
  const earlier = element('button', { type: 'button', class: 'link earlier', hidden: true });
  const list = element('ol', { class: 'messages' });
  const typing = element(
    'p',
    { class: 'typing', 'aria-live': 'off', hidden: true },
    element('i'),
    element('i'),
    element('i'),
  );
  const typingName = element('span', { class: 'unseen' });
  typing.append(typingName);
  const scroller = element(
    'div',
    { class: 'scroller', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0' },
    earlier,
    list,
    typing,
  );
  const newerLabel = element('span');
  const newer = element('button', { type: 'button', class: 'newer', hidden: true }, newerLabel, icon('M6 9l6 6 6-6'));
  const root = element('div', { class: 'talk' }, scroller, newer);
  const rows = new Map<string, Row>();
  let atEnd = true;
  let heightPx = 0;

  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    show(newer, false);
  };
  newer.addEventListener('click', toEnd);
  earlier.addEventListener('click', actions.askEarlier);
  scroller.addEventListener('scroll', () => {
    // A change of height scrolls as well, before it is observed below; that is not the reader's doing.
    if (scroller.clientHeight !== heightPx) return;
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEndPx;
    if (atEnd) show(newer, false);
  });
  // The on-screen keyboard takes room away; who was reading the newest still does.
  new ResizeObserver(() => {
    heightPx = scroller.clientHeight;
    if (atEnd) toEnd();
  }).observe(scroller);

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    show(root, screen === 'queue' || screen === 'chat' || screen === 'ended');
    setAttribute(scroller, 'aria-label', words.say('messages.label'));
    setText(newerLabel, words.say('messages.newer'));
    setText(earlier, words.say('messages.earlier'));
    show(earlier, state.earlier !== null);
    const typer = state.typing ? (state.conversation?.agentName ?? null) : null;
    show(typing, typer !== null);
    setText(typingName, typer === null ? '' : words.say('messages.typing', { name: typer }));
    setAttribute(earlier, 'disabled', state.earlier?.askedBy != null || state.link.state !== 'up');
    const entries = entriesOf(state).filter((entry) => entry.attachments.length > 0 || sayLine(words, entry) !== null);
    const fresh = entries.filter((entry) => !rows.has(entry.key));

    const shown: HTMLLIElement[] = [];
    const used = new Set<string>();
    const agents = new Set(entries.map((entry) => (entry.from.kind === 'agent' ? entry.from.name : null)));
    agents.delete(null);
    const lastOwn = entries.map((entry) => entry.from.kind).lastIndexOf('customer');
    let day = midnight(now());
    for (const [index, entry] of entries.entries()) {
      const entryDay = midnight(entry.at);
      if (entryDay !== day) {
        day = entryDay;
        shown.push(dayRow(`day:${day}`, sayDay(words, entry.at, now())));
      }
      const row = rowOf(entry.key, entry);
      row.update(
        entry,
        {
          runStart: !sameRun(entries[index - 1], entry),
          runEnd: !sameRun(entry, entries[index + 1]),
          showName: agents.size > 1,
          lastOwn: index === lastOwn,
          stage: state.conversation?.stage ?? 'waiting',
          linkUp: state.link.state === 'up',
        },
        words,
      );
      shown.push(row.root);
    }

    function rowOf(key: string, entry: Entry): Row {
      used.add(key);
      const row = rows.get(key) ?? (entry.from.kind === 'system' ? systemRow() : bubbleRow(key, actions, ports));
      rows.set(key, row);
      return row;
    }
    function dayRow(key: string, label: string): HTMLLIElement {
      used.add(key);
      const row = rows.get(key) ?? { root: element('li', { class: 'day' }), update: () => {} };
      rows.set(key, row);
      setText(row.root, label);
      return row.root;
    }

    for (const key of rows.keys()) if (!used.has(key)) rows.delete(key);
    const first = list.querySelector<HTMLLIElement>('li:not(.day)');
    const topPx = first?.offsetTop ?? 0;
    place(list, shown);
    // What was put above moves nothing of what is being read.
    if (first?.isConnected && first.offsetTop > topPx) scroller.scrollTop += first.offsetTop - topPx;
    if (atEnd || fresh.some((entry) => entry.delivery === 'sending')) toEnd();
    else if (fresh.some((entry) => entry === entries.at(-1))) show(newer, true);
  }

  return { root, update };
}

/** Moves only what is not in its place, so that nothing on screen is announced or animated twice. */
function place(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of Array.from(list.children)) if (!keep.has(child)) child.remove();
  wanted.forEach((row, index) => {
    const there = list.children[index];
    if (there !== row) list.insertBefore(row, there ?? null);
  });
}

function sameRun(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.delivery === 'failed' || other.delivery === 'failed') return false;
  const [from, to] = [one.from, other.from];
  const samePerson = from.kind === 'agent' && to.kind === 'agent' ? from.name === to.name : from.kind === to.kind;
  return samePerson && midnight(one.at) === midnight(other.at) && other.at - one.at < runMs;
}

function systemRow(): Row {
  const root = element('li', { class: 'line', dir: 'auto' });
  return {
    root,
    update(entry, _place, words) {
      setText(root, `${sayLine(words, entry)} · ${sayTime(words, entry.at)}`);
    },
  };
}

function bubbleRow(key: string, actions: MessageActions, ports: AttachmentPorts): Row {
  const name = element('span', { class: 'name', dir: 'auto' });
  const text = element('p', { class: 'bubble', dir: 'auto' });
  const note = element('span', { class: 'note' });
  const retry = element('button', { type: 'button', class: 'link' });
  const edit = element('button', { type: 'button', class: 'link' });
  const discard = element('button', { type: 'button', class: 'link' });
  const meta = element('div', { class: 'meta' }, note, retry, edit, discard);
  const files = createAttachments(ports);
  const root = element('li', { class: 'message' }, name, files.root, text, meta);
  retry.addEventListener('click', () => actions.retry(key));
  edit.addEventListener('click', () => actions.edit(key));
  discard.addEventListener('click', () => actions.discard(key));

  function update(entry: Entry, near: Place, words: Words): void {
    const own = entry.from.kind === 'customer';
    const failed = entry.delivery === 'failed';
    setAttribute(root, 'data-from', entry.from.kind);
    const held = entry.delivery === 'sending' && !near.linkUp;
    setAttribute(root, 'data-delivery', entry.delivery);
    setAttribute(root, 'data-held', held);
    setAttribute(root, 'data-run-end', near.runEnd);
    setText(name, entry.from.kind === 'agent' ? entry.from.name : words.say('messages.you'));
    setAttribute(name, 'data-shown', entry.from.kind === 'agent' && near.showName && near.runStart);
    setText(text, entry.text);
    show(text, entry.text !== '');
    files.update(entry, words);

    const time = sayTime(words, entry.at);
    const sent = words.say(
      entry.read ? 'delivery.read' : near.stage === 'waiting' ? 'delivery.sentKeepWriting' : 'delivery.sent',
    );
    if (failed) {
      const reason = near.stage === 'closed' ? '' : words.say(refusalKey(entry.refusedCode ?? ''));
      setText(note, `${words.say('delivery.failed')} ${reason}`.trimEnd());
    } else if (entry.delivery === 'sending') {
      setText(note, words.say(held ? 'delivery.held' : 'delivery.sending'));
    } else {
      setText(note, own && near.lastOwn ? `${time} · ${sent}` : time);
    }
    show(meta, near.runEnd || failed || held || near.lastOwn);
    setAttribute(meta, 'role', failed ? 'alert' : null);
    const open = failed && near.stage !== 'closed';
    const toEdit = isFrameFault(entry.refusedCode);
    show(retry, open && !toEdit);
    show(edit, open && toEdit);
    show(discard, failed);
    setText(retry, words.say('delivery.retry'));
    setText(edit, words.say('delivery.edit'));
    setText(discard, words.say('delivery.discard'));
  }

  return { root, update };
}
