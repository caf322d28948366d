import { useState } from 'react';
import type { Answer } from '../../../../shared/client/answer';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';

/** Accepting and declining one offer; not `possible` without a link or while an answer is on its way. */
export function useAnswer(conversationId: string, offerId: string, onAccepted?: () => void) {
  const act = useAct();
  const session = useSession();
  const up = useIsUp();
  const [busy, setBusy] = useState(false);
  const answered = async (answer: Promise<Answer> | null, then?: () => void) => {
    if (answer === null) return;
    setBusy(true);
    if (await act(answer)) then?.();
    setBusy(false);
  };
  return {
    possible: !busy && up,
    accept: () =>
      answered(session.accept(offerId), () => {
        session.select(conversationId);
        onAccepted?.();
      }),
    decline: (reason: string | null) =>
      answered(session.send({ op: 'offer.decline', offerId, ...(reason === null ? {} : { reason }) })),
  };
}
