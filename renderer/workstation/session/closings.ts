import type { Answer } from '../../../shared/client/answer';
import type { Clock } from '../../../shared/client/clock';

/** So long one may think better of it. */
export const undoMs = 5_000;

/** By conversation, or by left message, when it is closed, on the page's own clock. */
export type Closing = ReadonlyMap<string, number>;

export interface Closings {
  /** Resolves with the hub's answer, or null when it has been undone. */
  begin(id: string, send: () => Promise<Answer>): Promise<Answer | null>;
  /** Whether there was something to undo. */
  undo(id: string): boolean;
}

/** What is to be closed stays open for a moment more. A page that goes meanwhile leaves it open. */
export function createClosings(clock: Clock, changed: (closing: Closing) => void): Closings {
  const pending = new Map<string, { at: number; undo: () => void }>();
  const tell = () => changed(new Map([...pending].map(([id, { at }]) => [id, at])));
  return {
    begin(id, send) {
      return new Promise((resolve) => {
        const at = clock.now() + undoMs;
        const cancel = clock.at(at, () => {
          pending.delete(id);
          tell();
          resolve(send());
        });
        const undo = () => {
          cancel();
          resolve(null);
        };
        pending.get(id)?.undo();
        pending.set(id, { at, undo });
        tell();
      });
    },
    undo(id) {
      const closing = pending.get(id);
      if (!closing) return false;
      pending.delete(id);
      closing.undo();
      tell();
      return true;
    },
  };
}
