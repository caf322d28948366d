import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';
import type { PageStorage } from '../services/page-storage';
import type { OfficeStore } from './office-store';

const key = 'selected';

/** Selecting conversations and loading their messages. */
export interface Reading {
  select(conversationId: string | null): void;
  /** Loads a page of earlier messages. False: not possible now. */
  loadEarlier(conversationId: string): Promise<boolean>;
  /** Its newest messages are on the screen from now on, until the returned function is called. */
  show(conversationId: string): () => void;
  /** The agent has this conversation, which is on the screen, before them. */
  seen(conversationId: string): void;
  /** The user has seen the newest messages: removes the "new" line. */
  looked(conversationId: string): void;
  /** Selects what was selected before a reload, if it is still there; after a reconnect the selected one is watched again. */
  caughtUp(): void;
  isShown(conversationId: string): boolean;
}

export function createReading(store: OfficeStore, connection: Connection<AgentWire>, storage: PageStorage): Reading {
  /** From before a reload; null once this page has one, or it is not there any more. */
  let before = storage.read(key);

  /** Asks the hub for the selected conversation's messages. Without a link `caughtUp` does so later. */
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

  let shownId: string | null = null;

  return {
    isShown: (conversationId) => shownId === conversationId,
    show(conversationId) {
      shownId = conversationId;
      return () => {
        if (shownId === conversationId) shownId = null;
      };
    },
    seen(conversationId) {
      if (store.getState().unread.has(conversationId)) store.dispatch({ kind: 'seen', conversationId });
    },
    select(conversationId) {
      if (store.getState().selectedId === conversationId) return;
      before = null;
      storage.write(key, conversationId);
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
    caughtUp() {
      if (before !== null && store.getState().conversations.has(before))
        store.dispatch({ kind: 'selected', conversationId: before });
      before = null;
      watch();
    },
  };
}
