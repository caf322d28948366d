import { useMediaQuery } from '@mantine/hooks';

/** How many panes stand side by side. Zoom makes a window narrower in CSS pixels. */
export type Room = 'one' | 'two' | 'three';

export function useRoom(): Room {
  const atOnce = { getInitialValueInEffect: false };
  const isTwo = useMediaQuery('(max-width: 1079px)', undefined, atOnce);
  const isOne = useMediaQuery('(max-width: 639px)', undefined, atOnce);
  return isOne ? 'one' : isTwo ? 'two' : 'three';
}
