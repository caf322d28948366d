import type { Thread } from '../state/thread';

export interface Marks {
  /** The last message read by the customer, and the last read by the agent who serves them. */
  byCustomer: string | null;
  byAgent: string | null;
}

const none: Marks = { byCustomer: null, byAgent: null };

/** How far each side has read. Like presence it is not recorded: after a restart connected clients send it again. */
export class ReadMarks {
  private readonly marks = new WeakMap<Thread, Marks>();

  of(conversation: Thread): Marks {
    return this.marks.get(conversation) ?? none;
  }

  /** Moves a mark forward only; true if it moved. */
  mark(conversation: Thread, side: keyof Marks, messageId: string): boolean {
    const before = this.of(conversation);
    if (placeOf(conversation, messageId) <= placeOf(conversation, before[side])) return false;
    this.marks.set(conversation, { ...before, [side]: messageId });
    return true;
  }
}

/** Searches from the end, where a read mark usually is. */
function placeOf({ messages }: Thread, messageId: string | null): number {
  for (let place = messages.length - 1; place >= 0; place -= 1)
    if (messages[place]?.messageId === messageId) return place;
  return -1;
}
