import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';
import type { ConversationView } from '../../../shared/protocol/views';
import type { OfficeStore } from './office-store';

export interface Acknowledging {
  conversationChanged(conversation: ConversationView): void;
  conversationRemoved(conversationId: string): void;
  /** After a reconnect everything is acknowledged again. */
  caughtUp(): void;
}

/** AR2: acknowledges a conversation assigned to this agent as soon as the page holds it. */
export function createAcknowledging(store: OfficeStore, connection: Connection<AgentWire>): Acknowledging {
  /** By conversation, the `since` that was acknowledged: a later assignment needs another acknowledgement. */
  const acknowledged = new Map<string, number>();

  function conversationChanged({ conversationId, stage, agentId, since }: ConversationView) {
    const { me, link } = store.getState();
    if (stage !== 'active' || agentId !== me?.agentId || link.state !== 'up') return;
    if (acknowledged.get(conversationId) === since) return;
    acknowledged.set(conversationId, since);
    connection.send({ op: 'conversation.ack', conversationId }, { fleeting: true });
  }

  return {
    conversationChanged,
    conversationRemoved: (conversationId) => void acknowledged.delete(conversationId),
    caughtUp() {
      acknowledged.clear();
      for (const conversation of store.getState().conversations.values()) conversationChanged(conversation);
    },
  };
}
