import type { Clock } from '../../../shared/client/clock';
import type { Answer } from '../../../shared/client/connection';

/** So long one may think better of it. */
export const undoMs = 5_000;

/** By conversation, when it is closed, on the page's own clock. */
export type Closing = ReadonlyMap<string, number>;

export interface Closings {
  /** Resolves with the hub's answer, or null when it has been undone. */
  begin(conversationId: string, send: () => Promise<Answer>): Promise<Answer | null>;
  /** Whether there was something to undo. */
  undo(conversationId: string): boolean;
}

/** What is to be closed stays open for a moment more. A page that goes meanwhile leaves it open. */
export function createClosings(clock: Clock, changed: (closing: Closing) => void): Closings {
  const pending = new Map<string, { at: number; undo: () => void }>();
  const tell = () => changed(new Map([...pending].map(([id, { at }]) => [id, at])));
  return {
    begin(conversationId, send) {
      return new Promise((resolve) => {
        const at = clock.now() + undoMs;
        const cancel = clock.at(at, () => {
          pending.delete(conversationId);
          tell();
          resolve(send());
        });
        const undo = () => {
          cancel();
          resolve(null);
        };
        pending.get(conversationId)?.undo();
        pending.set(conversationId, { at, undo });
        tell();
      });
    },
    undo(conversationId) {
      const closing = pending.get(conversationId);
      if (!closing) return false;
      pending.delete(conversationId);
      closing.undo();
      tell();
      return true;
    },
  };
}
