import { element } from '../dom';
import type { Later } from '../later/later';
import type { PageState } from '../state';
import type { Words } from '../words';

/**
 * The place of what only a conversation needs; it is fetched with the first one, and tried again while it can't be.
 * `tools`: of the header, where its switches go.
 */
export function createLaterParts(load: () => Promise<Later>, tools: Element) {
  const root = element('div', { class: 'afterwards' });
  let later: Later | null = null;
  let isLoading = false;
  let draw = () => {};

  function fetch(): void {
    isLoading = true;
    load()
      .then((loaded) => {
        later = loaded;
        tools.prepend(...later.tools);
        root.append(...later.afterwards);
        draw();
      })
      .catch(() => {})
      .finally(() => {
        isLoading = false;
      });
  }

  return {
    root,
    update(state: PageState, words: Words, unread: number): void {
      draw = () => later?.update(state, words, unread);
      if (later === null && !isLoading && (state.conversation !== null || state.office?.hasPast)) fetch();
      draw();
    },
  };
}
