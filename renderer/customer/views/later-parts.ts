import { element } from '../dom';
import type { Later } from '../later/later';
import type { PageState } from '../state';
import type { Words } from '../words';

/** The place of what only a conversation needs; it is fetched with the first one, and tried again while it can't be. */
export function createLaterParts(load: () => Promise<Later>) {
  const root = element('div', { class: 'afterwards' });
  let later: Later | null = null;
  let isLoading = false;
  let redraw = () => {};

  function fetch(): void {
    isLoading = true;
    load()
      .then((loaded) => {
        later = loaded;
        root.append(...later.afterwards);
        redraw();
      })
      .catch(() => {})
      .finally(() => {
        isLoading = false;
      });
  }

  function update(state: PageState, words: Words): void {
    redraw = () => later?.update(state, words);
    if (later === null && !isLoading && state.conversation !== null) fetch();
    redraw();
  }

  return { root, update };
}
