import type { typingEveryMs, typingGoneMs } from '../protocol/signals';
import type { Clock } from './clock';

// zod is not imported here: the customer's page must stay small.
const everyMs: typeof typingEveryMs = 3_000;
const goneMs: typeof typingGoneMs = 6_000;

/** Tells the other side that somebody types, not more often than is of use. */
export function createTypingTeller(clock: Clock, tell: (on: boolean) => void) {
  let toldAt: number | null = null;
  return {
    /** By hand, not by a draft that came back. */
    typed(isEmpty: boolean): void {
      const now = clock.now();
      if (isEmpty) {
        if (toldAt !== null) tell(false);
        toldAt = null;
      } else if (toldAt === null || now - toldAt >= everyMs) {
        toldAt = now;
        tell(true);
      }
    },
    /** What was typed has been said, which tells it by itself. */
    said(): void {
      toldAt = null;
    },
  };
}

/** What is heard of somebody's typing, forgotten by itself. */
export function createTypingEar(clock: Clock, changed: (on: boolean) => void) {
  let cancel: (() => void) | null = null;
  const set = (on: boolean) => {
    const was = cancel !== null;
    cancel?.();
    cancel = on ? clock.at(clock.now() + goneMs, () => set(false)) : null;
    if (on !== was) changed(on);
  };
  return { heard: set };
}
