import type { Clock } from '../../shared/client/clock';

/** Below what a customer's line may send, however fast the messages come. */
const everyMs = 2_000;

/** Tells how far has been read: at once, then at most so often, and never the same twice. */
export function createReader(clock: Clock, tell: (messageId: string) => void) {
  let told: string | null = null;
  let next: string | null = null;
  let waiting = false;
  const due = () => {
    waiting = false;
    if (next !== null && next !== told) say(next);
  };
  const say = (messageId: string) => {
    told = messageId;
    waiting = true;
    clock.at(clock.now() + everyMs, due);
    tell(messageId);
  };
  return {
    read(messageId: string): void {
      next = messageId;
      if (!waiting && messageId !== told) say(messageId);
    },
    /** On a new link the hub may not know it any more. */
    anew(): void {
      told = null;
    },
  };
}
