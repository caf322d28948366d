import { useRef } from 'react';
import { holdOrder } from '../../session/selectors';

/** The order on screen: it follows the state, but stands still while the pointer is over the list. */
export function useHeldOrder(ids: readonly string[], held: boolean): readonly string[] {
  const shown = useRef(ids);
  const next = held ? holdOrder(shown.current, ids) : ids;
  shown.current = next;
  return next;
}
