import type { Answer } from '../../../shared/client/answer';
import type { Clock } from '../../../shared/client/clock';
import type { AgentWire, CommandBody } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

/** For so long closing can be undone. */
export const undoMs = 5_000;

/** What is closed stays open for a moment more. A page that goes meanwhile leaves it open. */
export interface Closings {
  /** Closes a conversation in a moment; null: it was undone, or its customer wrote again. */
  close(conversationId: string, wrapUpCode: string | null): Promise<Answer | null>;
  /** Marks a left message as done in a moment; null: it was undone. */
  markDone(leftMessageId: string): Promise<Answer | null>;
  /** Undoes either of these. Returns whether there was something to undo. */
  keepOpen(id: string): boolean;
  keepAllOpen(): void;
  /** The conversation stays open, and the user is told. */
  customerWrote(conversationId: string): void;
}

export function createClosings(
  clock: Clock,
  store: OfficeStore,
  send: (body: CommandBody<AgentWire>) => Promise<Answer>,
): Closings {
  const pending = new Map<string, { at: number; undo: () => void }>();
  const changed = () =>
    store.dispatch({ kind: 'closingChanged', closing: new Map([...pending].map(([id, { at }]) => [id, at])) });

  function begin(id: string, body: CommandBody<AgentWire>) {
    return new Promise<Answer | null>((resolve) => {
      const at = clock.now() + undoMs;
      const cancel = clock.at(at, () => {
        pending.delete(id);
        changed();
        resolve(send(body));
      });
      const undo = () => {
        cancel();
        resolve(null);
      };
      pending.get(id)?.undo();
      pending.set(id, { at, undo });
      changed();
    });
  }

  function keepOpen(id: string): boolean {
    const closing = pending.get(id);
    if (!closing) return false;
    pending.delete(id);
    closing.undo();
    changed();
    return true;
  }

  return {
    close(conversationId, wrapUpCode) {
      const wrapUp = wrapUpCode === null ? {} : { wrapUpCode };
      return begin(conversationId, { op: 'conversation.close', conversationId, ...wrapUp });
    },
    markDone: (leftMessageId) => begin(leftMessageId, { op: 'leftMessage.done', leftMessageId }),
    keepOpen,
    keepAllOpen() {
      for (const id of [...pending.keys()]) keepOpen(id);
    },
    customerWrote(conversationId) {
      if (!keepOpen(conversationId)) return;
      const params = { name: store.getState().conversations.get(conversationId)?.customerName ?? '' };
      store.dispatch({ kind: 'noticed', notice: { code: 'keptOpen', conversationId, params } });
    },
  };
}
