import type { Clock } from '../../../shared/client/clock';
import type { Connection } from '../../../shared/client/connection';
import { createTypingReceiver, createTypingSender } from '../../../shared/client/typing';
import type { AgentWire } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

export interface Typing {
  /** The agent types a reply. */
  typed(conversationId: string, text: string): void;
  /** The typed reply has been sent. */
  sent(): void;
  /** The hub's signal that a customer types or has stopped. */
  heard(conversationId: string, on: boolean): void;
  /** The customer's message has arrived, so they are not typing any more. */
  customerWrote(conversationId: string): void;
  conversationRemoved(conversationId: string): void;
}

/** Sends and receives typing signals. */
export function createTyping(clock: Clock, store: OfficeStore, connection: Connection<AgentWire>): Typing {
  const receivers = new Map<string, ReturnType<typeof createTypingReceiver>>();
  const receiverOf = (conversationId: string) => {
    const known = receivers.get(conversationId);
    if (known) return known;
    const receiver = createTypingReceiver(clock, (on) => store.dispatch({ kind: 'typingChanged', conversationId, on }));
    receivers.set(conversationId, receiver);
    return receiver;
  };

  /** The conversation the agent types in: only one at a time. */
  let typingIn: string | null = null;
  const sender = createTypingSender(clock, (on) => {
    if (typingIn !== null) connection.signal({ type: 'typing', conversationId: typingIn, on });
  });

  return {
    typed(conversationId, text) {
      if (typingIn !== conversationId) sender.typed(true);
      typingIn = conversationId;
      sender.typed(text === '');
    },
    sent: () => sender.messageSent(),
    heard: (conversationId, on) => receiverOf(conversationId).received(on),
    customerWrote: (conversationId) => receivers.get(conversationId)?.received(false),
    conversationRemoved(conversationId) {
      receivers.get(conversationId)?.received(false);
      receivers.delete(conversationId);
    },
  };
}
