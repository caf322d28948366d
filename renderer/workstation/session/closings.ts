import type { Answer } from '../../../shared/client/answer';
import type { Clock } from '../../../shared/client/clock';
import type { AgentWire, CommandBody } from '../../../shared/client/wire';
import type { OfficeStore } from './office-store';

/** How long closing can be undone. */
export const undoMs = 5_000;

/** Delays closing so that it can be undone. A page that is left meanwhile closes nothing. */
export interface Closings {
  /** Closes a conversation after the delay. Null: undone by the agent, or because the customer wrote again. */
  close(conversationId: string, wrapUpCode: string | null): Promise<Answer | null>;
  /** The wrap-up code that was chosen for a closing that was undone; else null. */
  chosenCode(conversationId: string): string | null;
  /** Marks a left message as done after the delay. Null: undone. */
  markDone(leftMessageId: string): Promise<Answer | null>;
  /** Undoes either of these. Returns whether one was pending. */
  keepOpen(id: string): boolean;
  keepAllOpen(): void;
  /** Undoes a pending close and tells the agent. */
  customerWrote(conversationId: string): void;
}

export function createClosings(
  clock: Clock,
  store: OfficeStore,
  send: (body: CommandBody<AgentWire>) => Promise<Answer>,
): Closings {
  const pending = new Map<string, { at: number; undo: () => void }>();
  const codes = new Map<string, string | null>();
  const changed = () =>
    store.dispatch({ kind: 'closingChanged', closing: new Map([...pending].map(([id, { at }]) => [id, at])) });

  function begin(id: string, body: CommandBody<AgentWire>) {
    return new Promise<Answer | null>((resolve) => {
      const at = clock.now() + undoMs;
      const cancel = clock.at(at, () => {
        pending.delete(id);
        codes.delete(id);
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
      codes.set(conversationId, wrapUpCode);
      const wrapUp = wrapUpCode === null ? {} : { wrapUpCode };
      return begin(conversationId, { op: 'conversation.close', conversationId, ...wrapUp });
    },
    chosenCode: (conversationId) => codes.get(conversationId) ?? null,
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
