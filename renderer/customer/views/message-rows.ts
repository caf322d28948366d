import { isFrameFault } from '../../../shared/client/answer';
import { element, setAttribute, setLinkedText, setText, show } from '../dom';
import { type Entry, isOffice } from '../reading';
import type { PageState } from '../state';
import { midnight, sayLine, sayTime, type Words } from '../words';
import { type AttachmentPorts, createAttachments } from './attachments';

export interface RowActions {
  /** Sends a failed message again. */
  retry(cid: string): void;
  /** Moves the text of a failed message back into the composer. */
  edit(cid: string): void;
  discard(cid: string): void;
}

export interface Row {
  root: HTMLLIElement;
  update(entry: Entry, context: RowContext, words: Words): void;
}

/** What a row shows differently depending on its neighbours and the conversation. */
interface RowContext {
  /** The first and the last of several messages of one person that share one time. */
  isRunStart: boolean;
  isRunEnd: boolean;
  /** More than one agent has written. */
  showsNames: boolean;
  /** The customer's newest message. */
  isLastOwn: boolean;
  stage: 'assisted' | 'waiting' | 'active' | 'closed';
  linkUp: boolean;
}

/** Messages of one person this close together share one time. */
const runMs = 2 * 60_000;

/** One for each entry. */
export function rowContexts(entries: readonly Entry[], { conversation, link }: PageState): RowContext[] {
  const agents = new Set(entries.flatMap(({ from }) => (isOffice(from) ? nameOf(from) : [])));
  const lastOwn = entries.map((entry) => entry.from.kind).lastIndexOf('customer');
  return entries.map((entry, index) => ({
    isRunStart: !sameRun(entries[index - 1], entry),
    isRunEnd: !sameRun(entry, entries[index + 1]),
    showsNames: agents.size > 1,
    isLastOwn: index === lastOwn,
    stage: conversation?.stage ?? 'waiting',
    linkUp: link.state === 'up',
  }));
}

function nameOf(from: Entry['from']): string {
  return from.kind === 'agent' || from.kind === 'assistant' ? from.name : '';
}

function sameRun(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.delivery === 'failed' || other.delivery === 'failed') return false;
  const [from, to] = [one.from, other.from];
  const samePerson = from.kind === to.kind && nameOf(from) === nameOf(to);
  return samePerson && midnight(one.at) === midnight(other.at) && other.at - one.at < runMs;
}

/** What the hub says in the conversation. */
export function systemRow(): Row {
  const root = element('li', { class: 'line', dir: 'auto' });
  return {
    root,
    update(entry, _context, words) {
      setLinkedText(root, `${sayLine(words, entry)} · ${sayTime(words, entry.at)}`);
    },
  };
}

/** A message of one of the two; `cid` is the id of an own one until the hub has it. */
export function bubbleRow(cid: string, actions: RowActions, ports: AttachmentPorts): Row {
  const name = element('span', { class: 'name', dir: 'auto' });
  const text = element('p', { class: 'bubble', dir: 'auto' });
  const note = element('span', { class: 'note' });
  const retry = element('button', { type: 'button', class: 'link' });
  const edit = element('button', { type: 'button', class: 'link' });
  const discard = element('button', { type: 'button', class: 'link' });
  const meta = element('div', { class: 'meta' }, note, retry, edit, discard);
  const files = createAttachments(ports);
  const root = element('li', { class: 'message' }, name, files.root, text, meta);
  retry.addEventListener('click', () => actions.retry(cid));
  edit.addEventListener('click', () => actions.edit(cid));
  discard.addEventListener('click', () => actions.discard(cid));

  function update(entry: Entry, context: RowContext, words: Words): void {
    const own = entry.from.kind === 'customer';
    const failed = entry.delivery === 'failed';
    setAttribute(root, 'data-from', entry.from.kind);
    const held = entry.delivery === 'sending' && !context.linkUp;
    setAttribute(root, 'data-delivery', entry.delivery);
    setAttribute(root, 'data-held', held);
    setAttribute(root, 'data-run-end', context.isRunEnd);
    const mark = entry.from.kind === 'assistant' ? ` · ${words.say('assistant.mark')}` : '';
    setText(name, own ? words.say('messages.you') : `${nameOf(entry.from)}${mark}`);
    // An assistant's words are always marked as one's (BO4).
    const isNamed = mark !== '' || (entry.from.kind === 'agent' && context.showsNames);
    setAttribute(name, 'data-shown', isNamed && context.isRunStart);
    setLinkedText(text, entry.text);
    show(text, entry.text !== '');
    files.update(entry, words);

    const time = sayTime(words, entry.at);
    const sent = words.say(
      entry.read ? 'delivery.read' : context.stage === 'waiting' ? 'delivery.sentKeepWriting' : 'delivery.sent',
    );
    if (failed) {
      const reason = context.stage === 'closed' ? '' : words.refusal(entry.refusedCode ?? '');
      setText(note, `${words.say('delivery.failed')} ${reason}`.trimEnd());
    } else if (entry.delivery === 'sending') {
      setText(note, words.say(held ? 'delivery.held' : 'delivery.sending'));
    } else {
      setText(note, own && context.isLastOwn ? `${time} · ${sent}` : time);
    }
    show(meta, context.isRunEnd || failed || held || context.isLastOwn);
    setAttribute(meta, 'role', failed ? 'alert' : null);
    const open = failed && context.stage !== 'closed';
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
