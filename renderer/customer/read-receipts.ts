import type { Clock } from '../../shared/client/clock';

/** Below what a customer's line may send, however fast the messages come. */
const everyMs = 2_000;

/** Tells the hub how far the customer has read: at once, then at most every two seconds, and nothing twice. */
export function createReadReceipts(clock: Clock, send: (messageId: string) => void) {
  let sent: string | null = null;
  let newest: string | null = null;
  let waiting = false;
  const due = () => {
    waiting = false;
    if (newest !== null && newest !== sent) sendNow(newest);
  };
  const sendNow = (messageId: string) => {
    sent = messageId;
    waiting = true;
    clock.at(clock.now() + everyMs, due);
    send(messageId);
  };
  return {
    read(messageId: string): void {
      newest = messageId;
      if (!waiting && messageId !== sent) sendNow(messageId);
    },
    /** Over a new line everything is told again: the hub may have restarted and does not store it. */
    reset(): void {
      sent = null;
    },
  };
}
