import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

export interface ReadReceipts {
  /** The agent has this message, the last one of the conversation, on screen. */
  read(conversationId: string, messageId: string): void;
  /** On a new link everything is told again: the hub may have restarted and does not store it. */
  caughtUp(): void;
}

/** Tells the hub how far the agent has read in the conversations they serve, and nothing twice on one link. */
export function createReadReceipts(store: OfficeStore, connection: Connection<AgentWire>): ReadReceipts {
  /** The last message told, by conversation. */
  const told = new Map<string, string>();
  return {
    read(conversationId, messageId) {
      const { link, me, conversations } = store.getState();
      const conversation = conversations.get(conversationId);
      if (link.state !== 'up' || conversation?.stage !== 'active' || conversation.agentId !== me?.agentId) return;
      if (told.get(conversationId) === messageId) return;
      told.set(conversationId, messageId);
      connection.signal({ type: 'seen', conversationId, messageId });
    },
    caughtUp: () => told.clear(),
  };
}
