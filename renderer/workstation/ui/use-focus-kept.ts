import { type RefObject, useEffect, useRef } from 'react';

/** For two buttons that take each other's place: whichever is shown gets the focus that went with the other. */
export function useFocusKept(isOther: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const shown = useRef(isOther);
  useEffect(() => {
    if (shown.current === isOther) return;
    shown.current = isOther;
    if (document.activeElement === document.body) button.current?.focus();
  }, [isOther]);
  return button;
}
