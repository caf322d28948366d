import { element } from '../dom';
import type { Words } from '../words';

interface Shown {
  file: Blob;
  name: string;
  save: () => void;
}

/**
 * A picture as large as the window allows, over the page. Escape, its button or a click beside it closes it. It stands in
 * `place`, and goes with it.
 */
export function viewPicture(place: HTMLElement, { file, name, save }: Shown, words: Words): void {
  const url = URL.createObjectURL(file);
  const close = element('button', { type: 'button', class: 'primary' }, words.say('files.close'));
  const keep = element('button', { type: 'button', class: 'primary' }, words.say('files.keep'));
  const root = element(
    'dialog',
    { class: 'viewer', 'aria-label': name },
    element('img', { alt: name, src: url }),
    element('div', { class: 'choices' }, close, keep),
  );
  close.addEventListener('click', () => root.close());
  keep.addEventListener('click', save);
  root.addEventListener('click', ({ target }) => {
    if (target === root) root.close();
  });
  root.addEventListener('close', () => {
    URL.revokeObjectURL(url);
    root.remove();
  });
  place.append(root);
  root.showModal();
}
