import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

export interface ReadReceipts {
  /** This message, the conversation's last one, is on the agent's screen. */
  read(conversationId: string, messageId: string): void;
  /** After a reconnect everything is sent again: the hub does not store it and may have restarted. */
  caughtUp(): void;
}

/** Sends read receipts for the conversations that the agent serves, each only once per link. */
export function createReadReceipts(store: OfficeStore, connection: Connection<AgentWire>): ReadReceipts {
  /** By conversation, the last message a receipt was sent for. */
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
