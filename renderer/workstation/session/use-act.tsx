import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import type { Answer } from '../../../shared/client/answer';
import { refusalText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useSession } from './session-context';

/** Awaits an answer and shows a refusal as a toast. Resolves to whether the command was acknowledged. */
export function useAct(): (answer: Promise<Answer>, done?: string) => Promise<boolean> {
  const t = useText();
  const { store } = useSession();
  return useCallback(
    async (pending, done) => {
      const answer = await pending;
      if (!answer.ok) {
        const nameOf = (id: string) => store.getState().agents.get(id)?.name ?? null;
        say({ color: 'red', message: refusalText(t, answer, nameOf), autoClose: 9_000 });
        return false;
      }
      if (done) say({ message: done });
      return true;
    },
    [t, store],
  );
}

/** The same words again are one toast, not a pile of them. */
function say(toast: { message: string; color?: string; autoClose?: number }): void {
  const id = `said-${toast.message}`;
  notifications.hide(id);
  notifications.show({ ...toast, id });
}
