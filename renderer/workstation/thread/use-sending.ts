import { useMemo } from 'react';
import type { SendingMessage } from '../session/office-state';
import { useOffice } from '../session/session-context';

/** This agent's replies and notes of a conversation that the hub has not taken. */
export function useSending(conversationId: string): readonly SendingMessage[] {
  const sending = useOffice((state) => state.sending);
  return useMemo(
    () => sending.filter((message) => message.conversationId === conversationId),
    [sending, conversationId],
  );
}
