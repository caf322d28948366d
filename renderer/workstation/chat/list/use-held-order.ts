import { type RefObject, useRef, useState } from 'react';
import { holdOrder } from '../../session/selectors';

/** Whether the pointer is over the list, known from the very event on: a change that is drawn at once reads it too. */
export function useHold() {
  const held = useRef(false);
  const [, follow] = useState(0);
  return {
    held,
    over: {
      onPointerEnter() {
        held.current = true;
      },
      onPointerLeave() {
        held.current = false;
        follow((times) => times + 1);
      },
    },
  };
}

/** The order on screen: follows the state, but stays as it is while the pointer is over the list. */
export function useHeldOrder(ids: readonly string[], held: RefObject<boolean>): readonly string[] {
  const shown = useRef(ids);
  const next = held.current ? holdOrder(shown.current, ids) : ids;
  shown.current = next;
  return next;
}
