import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

/** What a user does with a conversation's messages. */
export interface Reading {
  select(conversationId: string | null): void;
  /** More of a conversation's messages, before those that are here; false: they can't be had now. */
  loadEarlier(conversationId: string): Promise<boolean>;
  /** The user looks at what is selected: nothing in it is new any more. */
  looked(conversationId: string): void;
  /** On a new link the hub is asked again for what is selected. */
  caughtUp(): void;
}

export function createReading(store: OfficeStore, connection: Connection<AgentWire>): Reading {
  /** Asks the hub for the messages of what is selected. Without a link that waits until it is back. */
  function watch() {
    const { selectedId, link } = store.getState();
    if (link.state !== 'up') return;
    store.dispatch({ kind: 'readProblem', problem: null });
    const { answer } = connection.send({ op: 'conversation.watch', conversationId: selectedId }, { fleeting: true });
    void answer.then((result) => {
      if (result.ok || selectedId === null || result.code === 'linkLost') return;
      const { code, message } = result;
      store.dispatch({ kind: 'readProblem', problem: { conversationId: selectedId, code, message } });
    });
  }

  return {
    select(conversationId) {
      if (store.getState().selectedId === conversationId) return;
      store.dispatch({ kind: 'selected', conversationId });
      watch();
    },
    async loadEarlier(conversationId) {
      const { messages, hasEarlier } = store.getState();
      const before = messages.get(conversationId)?.[0]?.messageId;
      if (before === undefined || !hasEarlier.has(conversationId)) return true;
      const body = { op: 'conversation.earlier', conversationId, before } as const;
      const answer = await connection.send(body, { fleeting: true }).answer;
      if (!answer.ok || !answer.result) return false;
      store.dispatch({ kind: 'earlierLoaded', conversationId, before, page: answer.result });
      return true;
    },
    looked(conversationId) {
      if (store.getState().newFrom.has(conversationId)) store.dispatch({ kind: 'looked', conversationId });
    },
    caughtUp: watch,
  };
}
