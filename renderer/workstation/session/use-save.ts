import { useRef, useState } from 'react';
import type { Answer } from '../../../shared/client/answer';
import { useIsUp } from './session-context';
import { useAct } from './use-act';

/** Saves a form, one save at a time. Shows success or the refusal as a toast. */
export function useSave() {
  const act = useAct();
  const isUp = useIsUp();
  const running = useRef(false);
  const [isBusy, setBusy] = useState(false);
  /** Resolves to null if it was refused or another save is still running. */
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
