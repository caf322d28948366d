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
        notifications.show({ color: 'red', message: refusalText(t, answer, nameOf), autoClose: 9_000 });
        return false;
      }
      if (done) notifications.show({ message: done });
      return true;
    },
    [t, store],
  );
}
