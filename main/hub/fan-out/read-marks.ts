import type { Thread } from '../state/thread';

export interface Marks {
  /** The last message that the customer has read, and the last that the agent who serves them has. */
  byCustomer: string | null;
  byAgent: string | null;
}

const none: Marks = { byCustomer: null, byAgent: null };

/** How far each side has read. Like presence it is in no record: after a restart connected clients send it again. */
export class ReadMarks {
  private readonly marks = new WeakMap<Thread, Marks>();

  of(conversation: Thread): Marks {
    return this.marks.get(conversation) ?? none;
  }

  /** Only ever forward; whether it went. */
  mark(conversation: Thread, side: keyof Marks, messageId: string): boolean {
    const before = this.of(conversation);
    if (placeOf(conversation, messageId) <= placeOf(conversation, before[side])) return false;
    this.marks.set(conversation, { ...before, [side]: messageId });
    return true;
  }
}

/** From the end, where it mostly is. */
function placeOf({ messages }: Thread, messageId: string | null): number {
  for (let place = messages.length - 1; place >= 0; place -= 1)
    if (messages[place]?.messageId === messageId) return place;
  return -1;
}
