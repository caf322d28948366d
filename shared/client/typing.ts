import type { typingEveryMs, typingGoneMs } from '../protocol/signals';
import type { Clock } from './clock';

// zod is not imported here: the customer's page must stay small.
const everyMs: typeof typingEveryMs = 3_000;
const goneMs: typeof typingGoneMs = 6_000;

/** Sends the typing signal while the user types, at most every three seconds, and its end when the text is deleted. */
export function createTypingSender(clock: Clock, send: (isTyping: boolean) => void) {
  let sentAt: number | null = null;
  return {
    /** Only for what the user types; a restored draft is not typing. */
    typed(isEmpty: boolean): void {
      const now = clock.now();
      if (isEmpty) {
        if (sentAt !== null) send(false);
        sentAt = null;
      } else if (sentAt === null || now - sentAt >= everyMs) {
        sentAt = now;
        send(true);
      }
    },
    /** The message was sent, which ends the typing on the other side without a signal. */
    messageSent(): void {
      sentAt = null;
    },
  };
}

/** Whether the other side is typing: true from its signal on, until its end or six seconds without another one. */
export function createTypingReceiver(clock: Clock, changed: (isTyping: boolean) => void) {
  let cancelExpiry: (() => void) | null = null;
  const received = (isTyping: boolean) => {
    const was = cancelExpiry !== null;
    cancelExpiry?.();
    cancelExpiry = isTyping ? clock.at(clock.now() + goneMs, () => received(false)) : null;
    if (isTyping !== was) changed(isTyping);
  };
  return { received };
}
