import { type RefObject, useLayoutEffect, useRef } from 'react';

/** For a row that removes itself: moves the focus to the next row, else to the one before, else to the pane. */
export function useFocusNeighbour<Row extends HTMLElement>(): RefObject<Row | null> {
  const ref = useRef<Row>(null);
  useLayoutEffect(() => {
    const row = ref.current;
    return () => {
      if (!row?.contains(document.activeElement)) return;
      const neighbour = row.nextElementSibling ?? row.previousElementSibling;
      const next = neighbour?.querySelector('button') ?? row.closest<HTMLElement>('[data-pane]');
      next?.focus();
    };
  }, []);
  return ref;
}
