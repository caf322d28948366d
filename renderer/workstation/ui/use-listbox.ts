import { type KeyboardEvent, useId, useState } from 'react';
import { isComposing } from './composing';

interface ListboxOptions {
  label: string;
  /** The number of options. */
  count: number;
  /** The query behind the options: when it changes, the first option is chosen again. */
  query: string;
  onTake: (index: number) => void;
}

/** A listbox below a field: the focus stays in the field, arrow keys move through the options, Enter takes one. */
export function useListbox({ label, count, query, onTake }: ListboxOptions) {
  const id = useId();
  const [chosen, setChosen] = useState({ index: 0, query });
  const index = chosen.query === query ? Math.min(chosen.index, count - 1) : 0;
  const optionId = (at: number) => `${id}-${at}`;
  return {
    index,
    /** For the field, whatever role it has. */
    field: {
      'aria-autocomplete': 'list',
      'aria-controls': count > 0 ? id : undefined,
      'aria-activedescendant': count > 0 ? optionId(index) : undefined,
    } as const,
    list: { id, role: 'listbox', 'aria-label': label } as const,
    option: (at: number) => ({
      id: optionId(at),
      role: 'option' as const,
      'aria-selected': at === index,
      ref: (element: HTMLElement | null) => {
        if (at === index) element?.scrollIntoView?.({ block: 'nearest' });
      },
      // The field keeps the focus.
      onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
      onMouseMove: () => setChosen({ index: at, query }),
      onClick: () => onTake(at),
    }),
    /** True if the list has handled the key. */
    pressed(event: KeyboardEvent): boolean {
      if (count === 0 || isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setChosen({ index: (index + step + count) % count, query });
      } else if (event.key === 'Enter' && !event.shiftKey) onTake(index);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
