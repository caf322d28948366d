import { useRef } from 'react';
import { holdOrder } from '../../session/selectors';

/** The order on screen: follows the state, but stays as it is while the pointer is over the list. */
export function useHeldOrder(ids: readonly string[], held: boolean): readonly string[] {
  const shown = useRef(ids);
  const next = held ? holdOrder(shown.current, ids) : ids;
  shown.current = next;
  return next;
}
