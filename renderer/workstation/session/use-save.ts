import { useRef, useState } from 'react';
import type { Answer } from '../../../shared/client/answer';
import { useIsUp } from './session-context';
import { useAct } from './use-act';

/** Sends what a form saves, one at a time. Says what was saved, or why not, as a toast. */
export function useSave() {
  const act = useAct();
  const isUp = useIsUp();
  const running = useRef(false);
  const [isBusy, setBusy] = useState(false);
  /** Resolves to null when it was refused, or another save is still under way. */
  const save = async <A extends Answer>(send: () => Promise<A>, said?: string) => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    const pending = send();
    await act(pending, said);
    const answer = await pending;
    running.current = false;
    setBusy(false);
    return answer.ok ? (answer as Extract<A, { ok: true }>) : null;
  };
  return { isUp, isBusy, save };
}
