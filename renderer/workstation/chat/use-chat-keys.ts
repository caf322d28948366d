import { type RefObject, useEffect, useEffectEvent } from 'react';
import { useIsSupervisor, useLists, useSession } from '../session/session-context';
import { useAct } from '../ui/use-act';

/** Ctrl Enter accepts, Alt ↑ ↓ goes through the chats, F6 through the panes. */
export function useChatKeys(root: RefObject<HTMLElement | null>) {
  const session = useSession();
  const lists = useLists();
  const supervisor = useIsSupervisor();
  const act = useAct();

  const accept = async () => {
    const first = lists.incoming[0];
    const offerId = first === undefined ? null : session.store.getState().conversations.get(first)?.offerId;
    if (!first || !offerId) return false;
    if (await act(session.send({ op: 'offer.accept', offerId }))) session.select(first);
    return true;
  };

  const move = (step: number) => {
    const ids = [...lists.mine, ...lists.waiting, ...(supervisor ? lists.served : [])];
    if (ids.length === 0) return;
    const now = ids.indexOf(session.store.getState().selectedId ?? '');
    const next = now < 0 ? (step > 0 ? 0 : ids.length - 1) : (now + step + ids.length) % ids.length;
    session.select(ids[next] ?? null);
  };

  const nextPane = (step: number) => {
    const panes = [...(root.current?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])];
    const now = panes.findIndex((pane) => pane.contains(document.activeElement));
    const pane = panes[(now + step + panes.length) % panes.length];
    (pane?.querySelector<HTMLElement>('textarea, [data-pane-focus]') ?? pane)?.focus();
  };

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (lists.incoming.length > 0) event.preventDefault();
      void accept();
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'F6') {
      event.preventDefault();
      nextPane(event.shiftKey ? -1 : 1);
    }
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
