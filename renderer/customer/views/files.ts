import {
  canGoUpAgain,
  createDraftFiles,
  type DraftFile,
  type DraftFiles,
  type DraftFilesPorts,
} from '../../../shared/client/draft-files';
import { pickedFiles } from '../../../shared/protocol/file-name';
import { element, icon, setAttribute, setText, show } from '../dom';
import type { Words } from '../words';

/** The files of the next message: uploading, uploaded, or failed with the reason. */
export function createFiles({ changed, ...ports }: DraftFilesPorts) {
  const input = element('input', { type: 'file', multiple: true, accept: pickedFiles, hidden: true });
  const pick = element(
    'button',
    { type: 'button', class: 'pick' },
    icon('M15 7l-6.5 6.5a2 2 0 0 0 3 3L18 10a4 4 0 0 0-6-6l-6.5 6.5a6 6 0 0 0 9 9L21 13'),
    input,
  );
  const root = element('ul', { class: 'files', hidden: true });
  const chips = new Map<number, ReturnType<typeof createChip>>();
  let words: Words | null = null;
  const draft = createDraftFiles({
    ...ports,
    changed() {
      render();
      changed();
    },
  });
  pick.addEventListener('click', (event) => {
    if (event.target !== input) input.click();
  });
  input.addEventListener('change', () => {
    draft.add(input.files ?? []);
    // The same file may be picked again.
    input.value = '';
  });

  function render(): void {
    if (words === null) return;
    for (const [key, chip] of chips)
      if (!draft.files.some((file) => file.key === key)) {
        chip.root.remove();
        chips.delete(key);
      }
    for (const file of draft.files) {
      const chip = chips.get(file.key) ?? createChip(file, draft);
      if (!chips.has(file.key)) root.append(chip.root);
      chips.set(file.key, chip);
      chip.update(file, words);
    }
    show(root, draft.files.length > 0);
  }

  return {
    root,
    pick,
    draft,
    update(spoken: Words): void {
      if (words === spoken) return;
      words = spoken;
      setAttribute(pick, 'aria-label', words.say('files.pick'));
      setAttribute(root, 'aria-label', words.say('files.label'));
      render();
    },
  };
}

function createChip({ key, name }: DraftFile, draft: DraftFiles) {
  const note = element('span', { class: 'note' });
  const retry = element('button', { type: 'button', class: 'link' });
  const remove = element('button', { type: 'button', class: 'link' });
  const root = element('li', {}, element('span', { class: 'file-name', dir: 'auto' }, name), note, retry, remove);
  retry.addEventListener('click', () => draft.retry(key));
  remove.addEventListener('click', () => draft.remove(key));
  return {
    root,
    update(file: DraftFile, { say, refusal }: Words): void {
      const { state, fraction, code } = file;
      const failed = state === 'failed';
      const percent = Math.floor(fraction * 100);
      setAttribute(root, 'data-state', state);
      setText(note, failed ? refusal(code ?? '') : say('files.uploading', { percent }));
      setAttribute(note, 'role', failed ? 'alert' : null);
      show(note, state !== 'ready');
      show(retry, canGoUpAgain(file));
      setText(retry, say('delivery.retry'));
      setAttribute(retry, 'aria-label', say('files.retry', { name }));
      setText(remove, say('delivery.discard'));
      setAttribute(remove, 'aria-label', say('files.remove', { name }));
    },
  };
}
