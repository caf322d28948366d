/** A few marks of this widget in the shop's own storage, which may be forbidden: then it starts as for a new visitor. */
export interface Marks {
  has(mark: Mark): boolean;
  set(mark: Mark, on: boolean): void;
}

/** `talking`: a conversation goes on, in any tab; the others are this tab's. */
type Mark = 'talking' | 'open' | 'greeted';

export function marksIn(window: Window): Marks {
  const storageOf = (mark: Mark) => (mark === 'talking' ? window.localStorage : window.sessionStorage);
  return {
    has(mark) {
      try {
        return storageOf(mark).getItem(`foyer.${mark}`) !== null;
      } catch {
        return false;
      }
    },
    set(mark, on) {
      try {
        if (on) storageOf(mark).setItem(`foyer.${mark}`, '1');
        else storageOf(mark).removeItem(`foyer.${mark}`);
      } catch {
        // Forbidden or full.
      }
    },
  };
}
