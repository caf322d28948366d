import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useOffice } from '../session/session-context';
import { type Room, useRoom } from '../ui/use-room';

/** Which panes of the chat page there is room for, and whether the customer's is opened where it has no place. */
interface Panes {
  room: Room;
  /** Whether a conversation is open. */
  opened: boolean;
  customerShown: boolean;
  showCustomer(shown: boolean): void;
}

const PanesContext = createContext<Panes>({
  room: 'three',
  opened: true,
  customerShown: false,
  showCustomer() {},
});

export const usePanes = () => useContext(PanesContext);

export function PanesProvider({ children }: { children: ReactNode }) {
  const room = useRoom();
  const selectedId = useOffice((state) => state.selectedId);
  const erased = useOffice((state) => state.selectedErased);
  // It closes with its conversation.
  const [shownFor, setShownFor] = useState<string | null>(null);
  const opened = selectedId !== null || erased;
  const customerShown = room !== 'three' && selectedId !== null && shownFor === selectedId;
  const panes = useMemo(
    () => ({
      room,
      opened,
      customerShown,
      showCustomer: (shown: boolean) => setShownFor(shown ? selectedId : null),
    }),
    [room, opened, customerShown, selectedId],
  );
  return <PanesContext.Provider value={panes}>{children}</PanesContext.Provider>;
}
