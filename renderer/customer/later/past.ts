import type { Answer } from '../../../shared/client/answer';
import type { CustomerResult } from '../../../shared/protocol/customer-results';
import { element, setAttribute, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import type { Say } from './later-words';
import { pastArticle } from './transcript';

type PastPage = CustomerResult<'conversation.past'>;

export interface PastActions {
  /** The conversation that ended then, or the last (null): its newest messages, or those before one. */
  askPast(asked: { endedAt: number | null; before?: string }): Promise<Answer>;
}

/** What is shown of one: when it ended, as it was asked for, and what is here of it. */
interface Read extends Pick<PastPage, 'messages' | 'earlier'> {
  endedAt: number | null;
}

/** What was said before, in a dialog, where the office shows it: the last conversation, and on request what came before. */
export function createPast({ askPast }: PastActions) {
  /** The latest first. */
  let read: Read[] = [];
  let next: number | null = null;
  let isAsking = false;
  let refusedCode: string | null = null;
  let draw = () => {};

  const open = element('button', { type: 'button', class: 'link' });
  const title = element('h2', { id: 'past-title' });
  const more = element('button', { type: 'button', class: 'link' });
  const told = element('p', { class: 'hint', role: 'status' });
  const list = element('div', { class: 'past-list', tabindex: '0' });
  const close = element('button', { type: 'button', class: 'secondary' });
  const bottom = element('div', { class: 'choices' }, close);
  const dialog = element(
    'dialog',
    { class: 'dialog past', 'aria-labelledby': title.id },
    title,
    more,
    told,
    list,
    bottom,
  );
  const root = element('div', { class: 'keep', hidden: true }, open, dialog);
  open.addEventListener('click', () => {
    dialog.showModal();
    void ask();
  });
  more.addEventListener('click', () => void ask());
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    read = [];
    next = null;
    refusedCode = null;
    list.replaceChildren();
  });

  /** The last one, more of the one that was read last, or the one before it. */
  async function ask(): Promise<void> {
    const last = read.at(-1);
    const before = last?.earlier ? last.messages[0]?.messageId : undefined;
    const endedAt = before === undefined ? next : (last?.endedAt ?? null);
    isAsking = true;
    draw();
    const answer = await askPast({ endedAt, ...(before === undefined ? {} : { before }) });
    isAsking = false;
    if (!dialog.open) return;
    refusedCode = answer.ok ? null : answer.code;
    const page = answer.ok ? (answer.result as PastPage | undefined) : undefined;
    if (page) take(page, endedAt, before !== undefined);
    draw();
  }

  function take(
    { conversationId, messages, earlier, next: before }: PastPage,
    endedAt: number | null,
    isMore: boolean,
  ) {
    next = before;
    if (conversationId === null) return;
    const last = isMore ? read.pop() : undefined;
    read.push({ endedAt, earlier, messages: [...messages, ...(last?.messages ?? [])] });
  }

  function update(state: PageState, words: Words, say: Say): void {
    const screen = screenOf(state);
    const { office, link } = state;
    const isOffered = office?.hasPast === true && link.state !== 'refused';
    show(root, isOffered && (screen === 'form' || screen === 'queue' || screen === 'chat'));
    if (root.hidden && dialog.open) dialog.close();
    open.disabled = link.state !== 'up';
    setText(open, say('past.open'));
    setText(title, say('past.title'));
    setText(close, say('past.close'));
    setText(more, say('past.more'));
    more.disabled = link.state !== 'up';
    setAttribute(list, 'aria-label', say('past.title'));
    draw = () => drawList(words, say);
  }

  function drawList(words: Words, say: Say): void {
    show(more, !isAsking && (read.at(-1)?.earlier === true || next !== null));
    const nothing = read.length === 0 ? say('past.none') : '';
    const why =
      refusedCode === 'pastOff' ? say('refused.pastOff') : refusedCode === null ? nothing : say('past.failed');
    setText(told, isAsking ? say('past.loading') : why);
    const isFirst = list.childElementCount === 0;
    const heightPx = list.scrollHeight;
    list.replaceChildren(...[...read].reverse().map(({ messages }) => pastArticle(messages, words, say)));
    // What is read stays in its place; at first the end of the last one is in view.
    list.scrollTop += isFirst ? list.scrollHeight : list.scrollHeight - heightPx;
  }

  return { root, update };
}
