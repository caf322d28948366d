import {
  type DraftFiles,
  type DraftFilesPorts,
  dragsFiles,
  pastedFiles,
  readRefs,
  writeRefs,
} from '../../../shared/client/draft-files';
import type { AttachmentRef } from '../../../shared/protocol/attachments';
import { messageTextMax } from '../../../shared/protocol/limits';
import { element, icon, setAttribute, setText, show } from '../dom';
import type { Keep } from '../keep';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createFiles } from './files';

const draft = 'draft';
const draftFiles = 'draft.files';

export interface ComposerActions {
  sendMessage(text: string, attachments: readonly AttachmentRef[]): void;
  /** Called for what the customer types, not for restored drafts. */
  typed(isEmpty: boolean): void;
}

type UploadPorts = Pick<DraftFilesPorts, 'transfer' | 'measure'>;

/** Where the customer writes; an unsent draft is kept over a reload. */
export function createComposer(
  { sendMessage, typed }: ComposerActions,
  kept: Keep,
  { transfer, measure }: UploadPorts,
) {
  const label = element('label', { for: 'composer-text', class: 'unseen' });
  const input = element('textarea', { id: 'composer-text', rows: '1', dir: 'auto', enterkeyhint: 'send' });
  const over = element('span', { class: 'problem', role: 'status', hidden: true });
  const button = element('button', { type: 'submit', class: 'send' }, icon('M5 12h13M12.5 6l6 6-6 6'));
  const files = createFiles({
    transfer,
    measure,
    changed() {
      kept.set(draftFiles, writeRefs(files.draft.refs) || null);
      check();
    },
    kept: readRefs(kept.get(draftFiles) ?? ''),
  });
  const pill = element('div', { class: 'pill' }, files.pick, label, input, button);
  const root = element('form', { class: 'composer', hidden: true }, over, files.root, pill);
  input.value = kept.get(draft) ?? '';
  let words: Words | null = null;

  input.addEventListener('input', () => {
    written();
    typed(input.value === '');
  });
  onSendKey(input, submit);
  takePastedFiles(input, files.draft);
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  function written(): void {
    kept.set(draft, input.value === '' ? null : input.value);
    fit(input);
    check();
  }

  function submit(): void {
    const text = input.value.trim();
    if (!sendable() || root.hidden) return;
    sendMessage(text, files.draft.take());
    input.value = '';
    written();
    input.focus();
  }

  function sendable(): boolean {
    const { length } = input.value.trim();
    return files.draft.ready && length <= messageTextMax && (length > 0 || files.draft.files.length > 0);
  }

  function check(): void {
    const tooMany = input.value.trim().length - messageTextMax;
    setText(over, tooMany > 0 && words !== null ? words.say('composer.long', { over: tooMany }) : '');
    show(over, tooMany > 0);
    setAttribute(input, 'aria-invalid', tooMany > 0 ? 'true' : null);
    // Not `disabled`: a button that loses the focus while it is pressed sends the keyboard's user away.
    setAttribute(button, 'aria-disabled', sendable() ? null : 'true');
  }

  return {
    root,
    update(state: PageState, spoken: Words): void {
      words = spoken;
      const screen = screenOf(state);
      const shown = (screen === 'queue' || screen === 'chat') && state.link.state !== 'refused';
      const appears = shown && root.hidden;
      show(root, shown);
      setText(label, words.say('composer.label'));
      setAttribute(input, 'placeholder', words.say('composer.placeholder'));
      setAttribute(button, 'aria-label', words.say('composer.send'));
      files.update(words);
      if (appears) fit(input);
      check();
    },
    focus: () => input.focus(),
    /** Files may be dropped anywhere on it. */
    takeDropsOn(target: Document): void {
      takeDroppedFiles(target, files.draft, () => !root.hidden);
    },
    /** Puts text that was typed elsewhere below what is here. */
    adopt(text: string): void {
      input.value = [input.value, text].filter((each) => each !== '').join('\n');
      written();
    },
  };
}

function onSendKey(input: HTMLTextAreaElement, send: () => void): void {
  input.addEventListener('keydown', (event) => {
    // Enter that ends a composition belongs to the input method; Safari says so only by the old key code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
}

function takePastedFiles(input: HTMLTextAreaElement, draft: DraftFiles): void {
  input.addEventListener('paste', (event) => {
    const pasted = pastedFiles(event.clipboardData);
    if (pasted.length === 0) return;
    event.preventDefault();
    draft.add(pasted);
  });
}

function takeDroppedFiles(target: Document, draft: DraftFiles, areTaken: () => boolean): void {
  target.addEventListener('dragover', (event) => {
    if (dragsFiles(event.dataTransfer)) event.preventDefault();
  });
  target.addEventListener('drop', (event) => {
    if (!dragsFiles(event.dataTransfer)) return;
    // Also where they are not taken: a browser would open the file in place of the page.
    event.preventDefault();
    if (areTaken()) draft.add(event.dataTransfer?.files ?? []);
  });
}

/** Grows with the text up to the style sheet's limit. Newer browsers do it by `field-sizing` alone. */
function fit(input: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}
