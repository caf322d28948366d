import { id } from './fields';

/** The most messages in one frame. */
export const messagePageMax = 100;
/** The most characters in one frame, far below a line's limit of unread bytes; a single message always fits. */
export const messagePageTextMax = 32 * 1024;

/** A position in the messages: the number of the record, and the message's place in it. */
export const messageId = id.regex(/^\d{1,15}\.\d{1,6}$/);

export interface MessagePage<T> {
  messages: T[];
  /** There are messages before the first of these. */
  earlier: boolean;
}

/** The newest of the messages, or of those before one; in order, as they stand in `messages`. */
export function pageOf<T extends { messageId: string; text: string }>(
  messages: readonly T[],
  before: string | null,
): MessagePage<T> {
  const end = before === null ? messages.length : placeOf(messages, before);
  let begin = end;
  let text = 0;
  while (begin > 0 && end - begin < messagePageMax) {
    text += messages[begin - 1]!.text.length;
    if (text > messagePageTextMax && begin < end) break;
    begin -= 1;
  }
  return { messages: messages.slice(begin, end), earlier: begin > 0 };
}

/** Of the first that is not before it. */
function placeOf(messages: readonly { messageId: string }[], before: string): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesBefore(messages[middle]!.messageId, before)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function comesBefore(one: string, other: string): boolean {
  const [oneSeq = 0, onePlace = 0] = one.split('.').map(Number);
  const [otherSeq = 0, otherPlace = 0] = other.split('.').map(Number);
  return oneSeq === otherSeq ? onePlace < otherPlace : oneSeq < otherSeq;
}
