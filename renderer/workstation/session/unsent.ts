import type { Drafts } from './drafts';
import type { MessageKind } from './office-state';
import type { OfficeStore } from './office-store';

/** What this agent had written when a conversation ended, for the customer's next one. */
export interface Unsent {
  /** Drafts and failed messages of the customer's conversations before this one; empty if there are none. */
  before(conversationId: string, kind: MessageKind): string;
  dropBefore(conversationId: string, kind: MessageKind): void;
  subscribe(listen: () => void): () => void;
}

export interface UnsentPorts {
  store: OfficeStore;
  drafts: Readonly<Record<MessageKind, Drafts>>;
  /** The same customer's other conversations, oldest first. */
  othersOf(conversationId: string): string[];
}

export function createUnsent({ store, drafts, othersOf }: UnsentPorts): Unsent {
  const endedOf = (conversationId: string) => {
    const { conversations } = store.getState();
    return othersOf(conversationId).filter((id) => !conversations.has(id));
  };
  const failedIn = (conversationId: string, kind: MessageKind) =>
    store
      .getState()
      .sending.filter(
        (each) => each.conversationId === conversationId && each.kind === kind && each.state === 'failed',
      );
  return {
    before: (conversationId, kind) =>
      endedOf(conversationId)
        .flatMap((id) => [...failedIn(id, kind).map(({ text }) => text), drafts[kind].read(id)])
        .filter((text) => text !== '')
        .join('\n'),
    dropBefore(conversationId, kind) {
      for (const id of endedOf(conversationId)) {
        for (const { cid } of failedIn(id, kind)) store.dispatch({ kind: 'sendingDiscarded', cid });
        drafts[kind].write(id, '');
      }
    },
    subscribe(listen) {
      const stops = [store.subscribe(listen), drafts.reply.subscribe(listen), drafts.note.subscribe(listen)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
